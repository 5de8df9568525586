/*
 * How long a switch between two processes takes: they wake each other through pipes, both on CPU 0.
 *
 *     switches [FILE]
 *
 * Both move themselves to the control group whose cgroup.procs FILE is, if one is named. It prints the nanoseconds of one
 * switch: the least of several turns, which others disturbed least.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TURNS = 20, SWITCHES = 10000 };

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "switches: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

static void enter(const char *group) {
    FILE *file = fopen(group, "w");
    if (!file || fprintf(file, "0\n") < 0 || fclose(file)) {
        fail(group);
    }
}

static void stay_on_cpu_0(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(0, &set);
    if (sched_setaffinity(0, sizeof(set), &set)) {
        fail("sched_setaffinity");
    }
}

static double turn(int to, int from) {
    char byte = 0;
    double start = now();
    for (int i = 0; i < SWITCHES / 2; i++) {
        if (write(to, &byte, 1) != 1 || read(from, &byte, 1) != 1) {
            fail("ping-pong");
        }
    }
    return (now() - start) / SWITCHES;
}

int main(int argc, char **argv) {
    int there[2], back[2];
    if (argc > 1) {
        enter(argv[1]);
    }
    stay_on_cpu_0();
    if (pipe(there) || pipe(back)) {
        fail("pipe");
    }
    pid_t other = fork();
    if (other < 0) {
        fail("fork");
    }
    if (!other) {
        char byte;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        while (read(there[0], &byte, 1) == 1 && write(back[1], &byte, 1) == 1) {
        }
        _exit(0);
    }
    double least = turn(there[1], back[0]);
    for (int i = 1; i < TURNS; i++) {
        double nanos = turn(there[1], back[0]);
        least = nanos < least ? nanos : least;
    }
    printf("%.1f\n", least);
    kill(other, SIGKILL);
    waitpid(other, NULL, 0);
    return 0;
}
