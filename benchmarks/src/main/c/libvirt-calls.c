/*
 * What libvirt's own calls take from C, over a connection that stays open:
 *
 *     libvirt-calls URI total|percpu|totals DOMAIN [events]
 *
 * total and percpu are virDomainGetCPUStats of one domain: all that a total has, and both times of all of the host's CPUs.
 * totals are those of all running domains, the cheapest way there is: one list, then one total each. With "events",
 * libvirt's own event loop runs on another thread, and the connection has a listener for domain events. The library is
 * found at run time: libvirt's headers need not be installed.
 *
 * It prints the nanoseconds of one operation, the median of all.
 */
#include <dlfcn.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    TOTAL_PARAMETERS = 3,
    CPU_PARAMETERS = 2,
    MOST_CPUS = 128,
    ACTIVE = 1,
    LIFECYCLE = 0,
    MOST_TIMES = 1000 * 1000
};

static const uint64_t WARM_UP_NANOS = 300 * 1000 * 1000;
static const uint64_t MEASURED_NANOS = UINT64_C(2000) * 1000 * 1000;

/* virTypedParameter */
struct parameter {
    char field[80];
    int type;
    union {
        unsigned long long number;
        char *text;
    } value;
};

/* Each is libvirt's function of the same name. */
static struct {
    void *(*virConnectOpenReadOnly)(const char *uri);
    int (*virConnectDomainEventRegisterAny)(
            void *connection, void *domain, int event, void (*listener)(void), void *opaque, void (*free)(void *));
    int (*virConnectListAllDomains)(void *connection, void ***domains, unsigned flags);
    void *(*virDomainLookupByName)(void *connection, const char *name);
    int (*virDomainGetCPUStats)(
            void *domain, struct parameter *params, unsigned nparams, int start_cpu, unsigned ncpus, unsigned flags);
    int (*virDomainFree)(void *domain);
    int (*virEventRegisterDefaultImpl)(void);
    int (*virEventRunDefaultImpl)(void);
    const char *(*virGetLastErrorMessage)(void);
} vir;

static void *connection;
static void *domain;
static int cpus;
static struct parameter params[CPU_PARAMETERS * MOST_CPUS];

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "libvirt-calls: %s: %s\n", what, vir.virGetLastErrorMessage());
    exit(1);
}

static void find(void *library, const char *name, void *function) {
    void *found = dlsym(library, name);
    if (found == NULL) {
        fprintf(stderr, "libvirt-calls: libvirt has no %s\n", name);
        exit(1);
    }
    memcpy(function, &found, sizeof found);
}

#define FIND(library, name) find(library, #name, &vir.name)

static void load(void) {
    void *library = dlopen("libvirt.so.0", RTLD_NOW);
    if (library == NULL) {
        fprintf(stderr, "libvirt-calls: %s\n", dlerror());
        exit(1);
    }
    FIND(library, virConnectOpenReadOnly);
    FIND(library, virConnectDomainEventRegisterAny);
    FIND(library, virConnectListAllDomains);
    FIND(library, virDomainLookupByName);
    FIND(library, virDomainGetCPUStats);
    FIND(library, virDomainFree);
    FIND(library, virEventRegisterDefaultImpl);
    FIND(library, virEventRunDefaultImpl);
    FIND(library, virGetLastErrorMessage);
}

static void *run_events(void *nothing) {
    while (vir.virEventRunDefaultImpl() >= 0) {
    }
    return nothing;
}

/* The loop is there before the connection opens, as libvirt wants it. */
static void start_events(void) {
    pthread_t thread;
    if (vir.virEventRegisterDefaultImpl() < 0 || pthread_create(&thread, NULL, run_events, NULL) != 0) {
        fail("the event loop");
    }
}

static void ignore(void) {
}

static void watch(void) {
    if (vir.virConnectDomainEventRegisterAny(connection, NULL, LIFECYCLE, ignore, NULL, NULL) < 0) {
        fail("virConnectDomainEventRegisterAny");
    }
}

static uint64_t total_of(void *which) {
    if (vir.virDomainGetCPUStats(which, params, TOTAL_PARAMETERS, -1, 1, 0) != TOTAL_PARAMETERS) {
        fail("a total");
    }
    return params[0].value.number;
}

static uint64_t total(void) {
    return total_of(domain);
}

static uint64_t percpu(void) {
    if (vir.virDomainGetCPUStats(domain, params, CPU_PARAMETERS, 0, (unsigned) cpus, 0) != CPU_PARAMETERS) {
        fail("times per CPU");
    }
    return params[0].value.number;
}

static uint64_t totals(void) {
    void **domains = NULL;
    int count = vir.virConnectListAllDomains(connection, &domains, ACTIVE);
    if (count <= 0) {
        fail("virConnectListAllDomains");
    }
    uint64_t sum = 0;
    for (int i = 0; i < count; i++) {
        sum += total_of(domains[i]);
        vir.virDomainFree(domains[i]);
    }
    free(domains);
    return sum;
}

typedef uint64_t operation(void);

static operation *operation_named(const char *name) {
    static const struct {
        const char *name;
        operation *operation;
    } OPERATIONS[] = {{"total", total}, {"percpu", percpu}, {"totals", totals}};
    for (size_t i = 0; i < sizeof OPERATIONS / sizeof *OPERATIONS; i++) {
        if (strcmp(name, OPERATIONS[i].name) == 0) {
            return OPERATIONS[i].operation;
        }
    }
    fprintf(stderr, "libvirt-calls: no such operation: %s\n", name);
    exit(2);
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t) time.tv_sec * 1000000000 + (uint64_t) time.tv_nsec;
}

static int compare(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *) left;
    uint64_t b = *(const uint64_t *) right;
    return (a > b) - (a < b);
}

/* Returns the median: other programs on a busy host make some operations take ten times as long. */
static uint64_t median_nanos(operation *run, uint64_t at_least) {
    static volatile uint64_t kept;
    static uint64_t times[MOST_TIMES];
    size_t count = 0;
    uint64_t start = now();
    uint64_t before = start;
    do {
        kept += run();
        uint64_t after = now();
        times[count++] = after - before;
        before = after;
    } while (before - start < at_least && count < MOST_TIMES);
    qsort(times, count, sizeof *times, compare);
    return times[count / 2];
}

int main(int argc, char **argv) {
    if (argc < 4 || argc > 5) {
        fprintf(stderr, "usage: libvirt-calls URI total|percpu|totals DOMAIN [events]\n");
        return 2;
    }
    operation *run = operation_named(argv[2]);
    load();
    if (argc == 5) {
        start_events();
    }
    connection = vir.virConnectOpenReadOnly(argv[1]);
    domain = connection == NULL ? NULL : vir.virDomainLookupByName(connection, argv[3]);
    if (domain == NULL) {
        fail(argv[1]);
    }
    if (argc == 5) {
        watch();
    }
    /* the highest CPU's number and one; asked for nothing else */
    cpus = vir.virDomainGetCPUStats(domain, NULL, 0, 0, 0, 0);
    cpus = cpus > MOST_CPUS ? MOST_CPUS : cpus;
    median_nanos(run, WARM_UP_NANOS);
    printf("%" PRIu64 "\n", median_nanos(run, MEASURED_NANOS));
    return 0;
}
