/*
 * Starts many processes that look like QEMU to whoever looks at /proc, and do nothing:
 *
 *   lookalike PROGRAM PREFIX COUNT
 *
 * PROGRAM is a copy of this program under the name of QEMU's. The guests are called PREFIX-0, PREFIX-1, ... When all of them
 * run, their pids are printed in this order, one a line, then an empty line. They end when standard input does, or with
 * this program.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void become_guest(const char *program, const char *prefix, int number, pid_t parent)
{
    char name[256], uuid[64];

    if (prctl(PR_SET_PDEATHSIG, SIGKILL) || getppid() != parent)
        _exit(1);
    snprintf(name, sizeof(name), "guest=%s-%d,debug-threads=on", prefix, number);
    snprintf(uuid, sizeof(uuid), "%08x-0000-4000-8000-%012x", (unsigned)parent, (unsigned)number);
    execl(program, "qemu-system-x86_64", "-name", name, "-uuid", uuid, (char *)NULL);
    perror(program);
    _exit(1);
}

static void await_end_of(int file)
{
    char ignored[256];

    while (read(file, ignored, sizeof(ignored)) > 0)
        ;
}

static void start_all(const char *program, const char *prefix, int count, pid_t *guests)
{
    int running[2];
    int i;

    /* exec closes a guest's end, so the other end says when all of them are what they seem */
    if (pipe2(running, O_CLOEXEC))
        die("pipe2");
    for (i = 0; i < count; i++) {
        pid_t parent = getpid();

        guests[i] = fork();
        if (guests[i] < 0)
            die("fork");
        if (!guests[i])
            become_guest(program, prefix, i, parent);
    }
    close(running[1]);
    await_end_of(running[0]);
    close(running[0]);
}

static void end_all(int count, const pid_t *guests)
{
    int i;

    for (i = 0; i < count; i++)
        kill(guests[i], SIGKILL);
    for (i = 0; i < count; i++)
        waitpid(guests[i], NULL, 0);
}

int main(int argc, char **argv)
{
    pid_t *guests;
    int count, i;

    if (argc > 1 && !strcmp(argv[1], "-name"))
        for (;;)
            pause();
    if (argc != 4) {
        fprintf(stderr, "usage: lookalike PROGRAM PREFIX COUNT\n");
        return 2;
    }
    count = atoi(argv[3]);
    guests = calloc((size_t)count, sizeof(*guests));
    if (!guests)
        die("calloc");
    start_all(argv[1], argv[2], count, guests);
    for (i = 0; i < count; i++)
        printf("%d\n", guests[i]);
    printf("\n");
    fflush(stdout);
    await_end_of(STDIN_FILENO);
    end_all(count, guests);
    return 0;
}
