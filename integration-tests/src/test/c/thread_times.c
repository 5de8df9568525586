/*
 * Prints the run time and the run delay of threads of a process, in nanoseconds, one "TID RUN DELAY" a line:
 *
 *   thread_times PID TID...
 *
 * It is the tests' second opinion, so it shares nothing with what it checks.
 */
#include <stdio.h>

int main(int argc, char **argv)
{
    int i;

    for (i = 2; i < argc; i++) {
        char path[256];
        unsigned long long run, delay;
        FILE *file;

        snprintf(path, sizeof(path), "/proc/%s/task/%s/schedstat", argv[1], argv[i]);
        file = fopen(path, "r");
        if (!file) {
            perror(path);
            return 1;
        }
        if (fscanf(file, "%llu %llu", &run, &delay) != 2) {
            fprintf(stderr, "%s: not two numbers\n", path);
            return 1;
        }
        fclose(file);
        printf("%s %llu %llu\n", argv[i], run, delay);
    }
    return 0;
}
