/*
 * The floor: what the kernel takes for the reads that an operation of the library makes. Each file is read
 * with one pread, and the digits are parsed. Files stay open, as the library's do: up to half of the process's limit of
 * descriptors; past that a file is opened, read and closed each time.
 *
 *     floor KIND:PATH...      the reads of one operation, in their order
 *     floor @FILE             the same, one of them a line
 *     floor +@FILE            the same beside another thread, which sleeps: a process with threads, as each JVM is, counts
 *                             references to its files at each read
 *
 * Kinds: number (the first number of the text), user-system and usage-user-system (lines of a key and a number), percpu (a
 * number for each CPU, added up over all files of this kind), schedstat (two numbers), process (two fields of
 * /proc/PID/stat), thread (two fields of /proc/PID/task/TID/stat), clock (the CPU clock of a pid, in place of a path).
 *
 * It prints the nanoseconds of one operation.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { TEXT_BYTES = 4096, MOST_CPUS = 1024 };

static const uint64_t WARM_UP_NANOS = 150 * 1000 * 1000;
static const uint64_t MEASURED_NANOS = 500 * 1000 * 1000;

struct read;
typedef uint64_t parser(const struct read *read, const char *text);

struct read {
    parser *parse;
    clockid_t clock;
    int descriptor;
    /* of a file that does not stay open */
    char *path;
};

static uint64_t cpus[MOST_CPUS];
static int cpu_count;

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
    exit(1);
}

static uint64_t next_number(const char **text) {
    const char *at = *text;
    while (*at == ' ' || *at == '\n') {
        at++;
    }
    uint64_t number = 0;
    while (*at >= '0' && *at <= '9') {
        number = number * 10 + (uint64_t) (*at++ - '0');
    }
    *text = at;
    return number;
}

static uint64_t value_of(const char *text, const char *key, size_t length) {
    while (text != NULL && (strncmp(text, key, length) != 0 || text[length] != ' ')) {
        text = strchr(text, '\n');
        text = text == NULL ? NULL : text + 1;
    }
    if (text == NULL) {
        errno = EINVAL;
        fail(key);
    }
    text += length;
    return next_number(&text);
}

#define VALUE_OF(text, key) value_of(text, key, sizeof key - 1)

/* Field 3, the state, is number 0. */
static const char *field_after_name(const char *text, int number) {
    text = strrchr(text, ')') + 2;
    while (number-- > 0) {
        text = strchr(text, ' ') + 1;
    }
    return text;
}

static uint64_t number(const struct read *read, const char *text) {
    (void) read;
    return next_number(&text);
}

static uint64_t user_system(const struct read *read, const char *text) {
    (void) read;
    return VALUE_OF(text, "user") * 10000000 + VALUE_OF(text, "system") * 10000000;
}

static uint64_t usage_user_system(const struct read *read, const char *text) {
    (void) read;
    return VALUE_OF(text, "usage_usec") * 1000 + VALUE_OF(text, "user_usec") * 1000
            + VALUE_OF(text, "system_usec") * 1000;
}

static uint64_t percpu(const struct read *read, const char *text) {
    (void) read;
    int cpu = 0;
    while (*text >= '0' && *text <= '9' && cpu < MOST_CPUS) {
        cpus[cpu++] += next_number(&text);
        while (*text == ' ' || *text == '\n') {
            text++;
        }
    }
    cpu_count = cpu;
    return cpus[0];
}

static uint64_t schedstat(const struct read *read, const char *text) {
    (void) read;
    uint64_t run = next_number(&text);
    return run + next_number(&text);
}

static uint64_t process(const struct read *read, const char *text) {
    (void) read;
    text = field_after_name(text, 11);
    uint64_t user = next_number(&text);
    return (user + next_number(&text)) * 10000000;
}

static uint64_t thread(const struct read *read, const char *text) {
    (void) read;
    const char *state = field_after_name(text, 0);
    const char *cpu = field_after_name(text, 36);
    return (uint64_t) *state + next_number(&cpu);
}

static uint64_t nanos_of(clockid_t clock) {
    struct timespec time;
    if (clock_gettime(clock, &time) != 0) {
        fail("clock_gettime");
    }
    return (uint64_t) time.tv_sec * 1000000000 + (uint64_t) time.tv_nsec;
}

static uint64_t process_clock(const struct read *read, const char *text) {
    (void) text;
    return nanos_of(read->clock);
}

static const struct {
    const char *name;
    parser *parse;
} KINDS[] = {
    {"number", number},       {"user-system", user_system}, {"usage-user-system", usage_user_system},
    {"percpu", percpu},       {"schedstat", schedstat},     {"process", process},
    {"thread", thread},       {"clock", process_clock},
};

static rlim_t most_open_files(void) {
    struct rlimit limit;
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur / 2 : 0;
}

static int opened_file(const char *path) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        fail(path);
    }
    return descriptor;
}

static struct read opened(char *text) {
    char *value = strchr(text, ':');
    static rlim_t open_files;
    struct read read = {.descriptor = -1};
    if (value != NULL) {
        *value++ = '\0';
        for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
            read.parse = strcmp(text, KINDS[i].name) == 0 ? KINDS[i].parse : read.parse;
        }
    }
    if (read.parse == NULL) {
        errno = EINVAL;
        fail(text);
    }
    if (read.parse == process_clock) {
        errno = clock_getcpuclockid(atoi(value), &read.clock);
        if (errno != 0) {
            fail(value);
        }
    } else if (open_files < most_open_files()) {
        read.descriptor = opened_file(value);
        open_files++;
    } else if ((read.path = strdup(value)) == NULL) {
        fail("strdup");
    }
    return read;
}

static void read_text(int descriptor, char *text, size_t bytes) {
    ssize_t length = pread(descriptor, text, bytes - 1, 0);
    if (length <= 0) {
        fail("pread");
    }
    text[length] = '\0';
}

static uint64_t operation(const struct read *reads, size_t count) {
    static char text[TEXT_BYTES];
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (reads[i].descriptor >= 0) {
            read_text(reads[i].descriptor, text, sizeof text);
        } else if (reads[i].path != NULL) {
            int descriptor = opened_file(reads[i].path);
            read_text(descriptor, text, sizeof text);
            close(descriptor);
        }
        sum += reads[i].parse(&reads[i], text);
    }
    return sum;
}

static double nanos_per_operation(const struct read *reads, size_t count, uint64_t at_least) {
    static volatile uint64_t kept;
    uint64_t start = nanos_of(CLOCK_MONOTONIC);
    uint64_t operations = 0;
    uint64_t elapsed;
    do {
        /* the clock itself takes time: it is asked once for many short operations */
        for (size_t reads_done = 0; reads_done < 300; reads_done += count) {
            memset(cpus, 0, cpu_count * sizeof *cpus);
            kept += operation(reads, count);
            operations++;
        }
        elapsed = nanos_of(CLOCK_MONOTONIC) - start;
    } while (elapsed < at_least);
    return (double) elapsed / (double) operations;
}

static size_t add(struct read **reads, size_t count, char *text) {
    if ((count & (count - 1)) == 0) {
        *reads = realloc(*reads, (count == 0 ? 1 : 2 * count) * sizeof **reads);
    }
    if (*reads == NULL) {
        fail("realloc");
    }
    (*reads)[count] = opened(text);
    return count + 1;
}

static size_t add_lines(struct read **reads, const char *path) {
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fail(path);
    }
    size_t count = 0;
    char line[1024];
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        count = add(reads, count, line);
    }
    fclose(file);
    return count;
}

static void *sleep_for_ever(void *nothing) {
    for (;;) {
        pause();
    }
    return nothing;
}

int main(int argc, char **argv) {
    struct read *reads = NULL;
    size_t count = 0;
    if (argc == 2 && argv[1][0] == '+') {
        pthread_t thread;
        if (pthread_create(&thread, NULL, sleep_for_ever, NULL) != 0) {
            fail("pthread_create");
        }
        argv[1]++;
    }
    if (argc == 2 && argv[1][0] == '@') {
        count = add_lines(&reads, argv[1] + 1);
    } else {
        for (int i = 1; i < argc; i++) {
            count = add(&reads, count, argv[i]);
        }
    }
    if (count == 0) {
        fprintf(stderr, "usage: floor KIND:PATH... | floor @FILE\n");
        return 2;
    }
    nanos_per_operation(reads, count, WARM_UP_NANOS);
    printf("%.2f\n", nanos_per_operation(reads, count, MEASURED_NANOS));
    free(reads);
    return 0;
}
