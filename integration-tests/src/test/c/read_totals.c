/*
 * Prints the CPU time of many control groups, in nanoseconds, one number a line, in the order of the files:
 *
 *   read_totals FILE...   each a cpuacct.usage or a cpu.stat
 *
 * It is the tests' second opinion, so it shares nothing with what it checks.
 */
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    int i;

    for (i = 1; i < argc; i++) {
        int is_v2 = strstr(argv[i], "/cpu.stat") != NULL;
        FILE *file = fopen(argv[i], "r");
        unsigned long long value;

        if (!file) {
            perror(argv[i]);
            return 1;
        }
        if (fscanf(file, is_v2 ? "usage_usec %llu" : "%llu", &value) != 1) {
            fprintf(stderr, "%s: no number\n", argv[i]);
            return 1;
        }
        fclose(file);
        printf("%llu\n", is_v2 ? value * 1000 : value);
    }
    return 0;
}
