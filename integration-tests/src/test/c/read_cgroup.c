/*
 * Prints what the kernel says of a control group's CPU time, in nanoseconds, one "NAME [CPU] VALUE" a line:
 *
 *   read_cgroup v1 GROUP [VCPU-GROUP...]   cpuacct.usage, cpuacct.stat, cpuacct.usage_percpu; vcpu: the sum of the groups
 *   read_cgroup v2 GROUP                   cpu.stat
 *
 * It is the tests' second opinion, so it shares nothing with what it checks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_CPUS 4096

static unsigned long long sums[MAX_CPUS];
static int possible[MAX_CPUS];
static int possible_count;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static FILE *open_in(const char *group, const char *name)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s", group, name);
    file = fopen(path, "r");
    if (!file)
        die(path);
    return file;
}

/* usage_percpu has one number for each possible CPU, and a host's possible CPUs may have gaps */
static void read_possible(void)
{
    FILE *file = open_in("/sys/devices/system/cpu", "possible");
    int first, last;
    char separator;

    while (fscanf(file, "%d", &first) == 1) {
        last = first;
        separator = (char)fgetc(file);
        if (separator == '-') {
            if (fscanf(file, "%d", &last) != 1)
                die("possible");
            separator = (char)fgetc(file);
        }
        for (; first <= last && possible_count < MAX_CPUS; first++)
            possible[possible_count++] = first;
        if (separator != ',')
            break;
    }
    fclose(file);
}

static void print_usage(const char *group)
{
    FILE *file = open_in(group, "cpuacct.usage");
    unsigned long long value;

    if (fscanf(file, "%llu", &value) != 1)
        die("cpuacct.usage");
    printf("cpu_time %llu\n", value);
    fclose(file);
}

/* the given names of a "NAME VALUE" file, each value times the unit */
static void print_named(const char *group, const char *file_name, const char *const names[][2], unsigned long long unit)
{
    FILE *file = open_in(group, file_name);
    char name[128];
    unsigned long long value;
    int i;

    while (fscanf(file, "%127s %llu", name, &value) == 2)
        for (i = 0; names[i][0]; i++)
            if (!strcmp(name, names[i][0]))
                printf("%s %llu\n", names[i][1], value * unit);
    fclose(file);
}

static void add_percpu(const char *group)
{
    FILE *file = open_in(group, "cpuacct.usage_percpu");
    unsigned long long value;
    int i;

    for (i = 0; i < possible_count; i++) {
        if (fscanf(file, "%llu", &value) != 1)
            die("cpuacct.usage_percpu");
        sums[i] += value;
    }
    fclose(file);
}

static void print_sums(const char *label)
{
    int i;

    for (i = 0; i < possible_count; i++) {
        printf("%s %d %llu\n", label, possible[i], sums[i]);
        sums[i] = 0;
    }
}

static void print_v1(int groups, char **group)
{
    static const char *const names[][2] = {{"user", "user_time"}, {"system", "system_time"}, {NULL, NULL}};
    int i;

    print_usage(group[0]);
    print_named(group[0], "cpuacct.stat", names, 1000000000ULL / (unsigned long long)sysconf(_SC_CLK_TCK));
    read_possible();
    add_percpu(group[0]);
    print_sums("cpu");
    if (groups > 1) {
        for (i = 1; i < groups; i++)
            add_percpu(group[i]);
        print_sums("vcpu");
    }
}

static void print_v2(const char *group)
{
    static const char *const names[][2] = {{"usage_usec", "cpu_time"},
                                           {"user_usec", "user_time"},
                                           {"system_usec", "system_time"},
                                           {NULL, NULL}};

    print_named(group, "cpu.stat", names, 1000);
}

int main(int argc, char **argv)
{
    if (argc >= 3 && !strcmp(argv[1], "v1"))
        print_v1(argc - 2, argv + 2);
    else if (argc == 3 && !strcmp(argv[1], "v2"))
        print_v2(argv[2]);
    else {
        fprintf(stderr, "usage: read_cgroup v1 GROUP [VCPU-GROUP...] | v2 GROUP\n");
        return 2;
    }
    return 0;
}
