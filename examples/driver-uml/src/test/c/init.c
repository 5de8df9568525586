/* The first and only program of a guest: does what it is told by lines on its console, and answers each with "done". */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long nanos(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* Computes for so long. It looks at the clock only now and then: that is a system call here, and dear. */
static void spin(long millis) {
    long long end = nanos(CLOCK_MONOTONIC) + millis * 1000000LL;
    while (nanos(CLOCK_MONOTONIC) < end) {
        for (volatile int i = 0; i < 100000; i++) {
        }
    }
}

/* Runs programs one after the other, each in an address space of its own: a process of the host that comes and goes. */
static void run(long programs, long millis) {
    for (long i = 0; i < programs; i++) {
        pid_t child = fork();
        if (child == 0) {
            spin(millis);
            _exit(0);
        }
        waitpid(child, NULL, 0);
    }
}

int main(void) {
    char line[80];
    long first;
    long second;

    setvbuf(stdout, NULL, _IONBF, 0);
    puts("ready");
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (sscanf(line, "run %ld %ld", &first, &second) == 2) {
            run(first, second);
        } else if (sscanf(line, "spin %ld", &first) == 1) {
            spin(first);
        } else {
            puts("unknown");
            continue;
        }
        puts("done");
    }
    for (;;) {
        pause();
    }
}
