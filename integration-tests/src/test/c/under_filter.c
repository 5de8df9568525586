// Runs a command that may make the system calls that are named, and no others: those fail with EPERM.
//
// Usage: under_filter FILE COMMAND [ARGUMENT...]
//
// FILE has a name a line; a name that this machine does not have is passed over, as systemd does. libseccomp is there wherever
// systemd is, its headers are not.
#include <dlfcn.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ALLOW 0x7fff0000U
#define ERRNO(e) (0x00050000U | ((e) & 0xffff))

static void *library;

static void *function(const char *name) {
    void *found = dlsym(library, name);
    if (found == NULL) {
        fprintf(stderr, "under_filter: libseccomp has no %s\n", name);
        _exit(125);
    }
    return found;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: under_filter FILE COMMAND [ARGUMENT...]\n");
        return 125;
    }
    library = dlopen("libseccomp.so.2", RTLD_NOW);
    FILE *names = fopen(argv[1], "r");
    if (library == NULL || names == NULL) {
        fprintf(stderr, "under_filter: no libseccomp.so.2, or no %s\n", argv[1]);
        return 125;
    }
    void *(*init)(uint32_t) = (void *(*)(uint32_t)) function("seccomp_init");
    int (*number)(const char *) = (int (*)(const char *)) function("seccomp_syscall_resolve_name");
    int (*add)(void *, uint32_t, int, unsigned, ...) =
        (int (*)(void *, uint32_t, int, unsigned, ...)) function("seccomp_rule_add");
    int (*load)(void *) = (int (*)(void *)) function("seccomp_load");

    void *filter = init(ERRNO(EPERM));
    char name[128];
    while (fgets(name, sizeof name, names) != NULL) {
        name[strcspn(name, "\n")] = 0;
        int call = number(name);
        if (call >= 0 && add(filter, ALLOW, call, 0) != 0) {
            fprintf(stderr, "under_filter: no rule for %s\n", name);
            return 125;
        }
    }
    if (load(filter) != 0) {
        fprintf(stderr, "under_filter: the filter cannot be loaded\n");
        return 125;
    }
    execvp(argv[2], argv + 2);
    fprintf(stderr, "under_filter: cannot run %s: %s\n", argv[2], strerror(errno));
    return 126;
}
