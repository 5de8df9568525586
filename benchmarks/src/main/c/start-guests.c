/*
 * Starts look-alikes of QEMU: start-guests PROGRAM. Each line of its input, "NAME UUID VCPUS", is one more; each of them
 * prints its name, its pid and its vCPUs' thread ids. At the end of the input it ends them all, by pid, and itself.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void become_guest(const char *program, pid_t parent, const char *name, char *uuid, char *vcpus) {
    /* whatever becomes of the one who starts them, no guest stays */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(1);
    }
    char value[160];
    snprintf(value, sizeof value, "guest=%s,debug-threads=on", name);
    execl(program, program, "-name", value, "-uuid", uuid, "-smp", vcpus, (char *) NULL);
    _exit(127);
}

static void end(const pid_t *guests, int count) {
    for (int i = 0; i < count; i++) {
        kill(guests[i], SIGKILL);
    }
    for (int i = 0; i < count; i++) {
        waitpid(guests[i], NULL, 0);
    }
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: start-guests PROGRAM\n");
        return 2;
    }
    pid_t *guests = NULL;
    int count = 0;
    int failed = 0;
    char line[256];
    while (fgets(line, sizeof line, stdin) != NULL) {
        char name[128], uuid[64], vcpus[8];
        if (sscanf(line, "%127s %63s %7s", name, uuid, vcpus) != 3) {
            failed = 2;
            break;
        }
        pid_t *larger = realloc(guests, (count + 1) * sizeof *guests);
        if (larger == NULL) {
            failed = 1;
            break;
        }
        guests = larger;
        pid_t self = getpid();
        guests[count] = fork();
        if (guests[count] == 0) {
            become_guest(argv[1], self, name, uuid, vcpus);
        }
        if (guests[count] < 0) {
            perror("start-guests: fork");
            failed = 1;
            break;
        }
        count++;
    }
    end(guests, count);
    free(guests);
    return failed;
}
