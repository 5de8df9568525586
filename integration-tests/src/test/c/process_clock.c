/*
 * Prints the CPU clock of each process, its ended threads included, in nanoseconds, one "PID VALUE" a line:
 *
 *   process_clock PID...
 *
 * It is the tests' second opinion, so it shares nothing with what it checks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int main(int argc, char **argv)
{
    int i;

    for (i = 1; i < argc; i++) {
        clockid_t clock;
        struct timespec time;
        int error = clock_getcpuclockid((pid_t)atoi(argv[i]), &clock);

        if (error) {
            fprintf(stderr, "%s: %s\n", argv[i], strerror(error));
            return 1;
        }
        if (clock_gettime(clock, &time)) {
            perror(argv[i]);
            return 1;
        }
        printf("%s %lld\n", argv[i], time.tv_sec * 1000000000LL + time.tv_nsec);
    }
    return 0;
}
