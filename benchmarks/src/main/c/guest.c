/* A process that merely looks like QEMU: its name, its command line, its vCPUs' threads. All of them sleep for ever. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MOST_VCPUS = 16, STACK_BYTES = 64 * 1024 };

static int ids[MOST_VCPUS];
static pthread_barrier_t started;

static _Noreturn void sleep_for_ever(void) {
    for (;;) {
        pause();
    }
}

static void *run_vcpu(void *number) {
    int vcpu = (int) (long) number;
    char name[16];
    snprintf(name, sizeof name, "CPU %d/KVM", vcpu);
    prctl(PR_SET_NAME, name);
    ids[vcpu] = (int) syscall(SYS_gettid);
    pthread_barrier_wait(&started);
    sleep_for_ever();
}

/* Returns what stands behind an option, an empty text if it is not there. */
static const char *value_of(int argc, char **argv, const char *option) {
    for (int i = 1; i + 1 < argc; i++) {
        if (strcmp(argv[i], option) == 0) {
            return argv[i + 1];
        }
    }
    return "";
}

/* Prints name, pid and thread ids in one write, which no other guest's on the same pipe can split. */
static void tell_ids(const char *name, int vcpus) {
    char line[128 + 16 * (MOST_VCPUS + 1)];
    int length = snprintf(line, sizeof line, "%.*s %d", (int) strcspn(name, ","), name, (int) getpid());
    for (int i = 0; i < vcpus; i++) {
        length += snprintf(line + length, sizeof line - length, " %d", ids[i]);
    }
    line[length++] = '\n';
    if (write(STDOUT_FILENO, line, length) != length) {
        exit(1);
    }
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
}

int main(int argc, char **argv) {
    const char *name = value_of(argc, argv, "-name");
    int vcpus = atoi(value_of(argc, argv, "-smp"));
    if (strncmp(name, "guest=", 6) != 0 || strlen(name) > 100 || vcpus < 1 || vcpus > MOST_VCPUS) {
        return 2;
    }
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, STACK_BYTES);
    pthread_barrier_init(&started, NULL, vcpus + 1);
    for (long i = 0; i < vcpus; i++) {
        pthread_t thread;
        if (pthread_create(&thread, &small, run_vcpu, (void *) i) != 0) {
            return 1;
        }
    }
    pthread_barrier_wait(&started);
    tell_ids(name + 6, vcpus);
    sleep_for_ever();
}
