/*
 * A process that looks like QEMU to whoever looks at /proc, and is busy when it is told to:
 *
 *   load NAME
 *
 * It is started under the name of QEMU's program. Each line of its standard input is a load: a word and a number of
 * milliseconds. When the load is over, and the processes that it took have ended, it prints the word and is idle. It ends
 * with its standard input. The first loads use as much CPU time; the others last as long.
 *
 *   spin           one thread, wherever it runs
 *   pin0, pin1     one thread on that CPU
 *   realtime       one thread of the class SCHED_FIFO
 *   migrate        one thread that moves from CPU to CPU every 3 ms
 *   pingpong       two processes that wake each other through pipes
 *   fork           one process that starts others, one after the other
 *
 * As "load --sleeper" it starts a process that sleeps on CPU 0 and another one that wakes it 1,000 times a second from CPU 1.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static long long now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static long long used(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void run_on(int cpu)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    if (sched_setaffinity(0, sizeof(set), &set))
        die("sched_setaffinity");
}

static void spin_until(long long end)
{
    while (now() < end)
        ;
}

/* Asking for the time used settles it, which would leave little for others to settle: so that is done rarely. */
static void use(long long nanoseconds)
{
    long long end = used() + nanoseconds;

    while (used() < end)
        spin_until(now() + 20000000);
}

static void migrate_until(long long end)
{
    int cpu = 0;

    while (now() < end) {
        run_on(cpu = !cpu);
        spin_until(now() + 3000000);
    }
}

static void echo(int from, int to)
{
    char byte;

    while (read(from, &byte, 1) == 1 && write(to, &byte, 1) == 1)
        ;
    _exit(0);
}

static pid_t child(void)
{
    pid_t parent = getpid();
    pid_t pid = fork();

    if (pid < 0)
        die("fork");
    if (!pid && (prctl(PR_SET_PDEATHSIG, SIGKILL) || getppid() != parent))
        _exit(1);
    return pid;
}

static void ping_pong_until(long long end)
{
    int there[2], back[2];
    char byte = 0;
    pid_t other;

    if (pipe(there) || pipe(back))
        die("pipe");
    other = child();
    if (!other) {
        close(there[1]);
        close(back[0]);
        echo(there[0], back[1]);
    }
    close(there[0]);
    close(back[1]);
    while (now() < end)
        if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1)
            die("ping-pong");
    close(there[1]);
    close(back[0]);
    waitpid(other, NULL, 0);
}

static void fork_until(long long end)
{
    while (now() < end) {
        pid_t pid = child();

        if (!pid) {
            spin_until(now() + 300000);
            _exit(0);
        }
        waitpid(pid, NULL, 0);
    }
}

static void be_realtime(long long nanoseconds)
{
    struct sched_param fifo = {.sched_priority = 1};
    struct sched_param other = {0};

    if (sched_setscheduler(0, SCHED_FIFO, &fifo))
        die("sched_setscheduler");
    use(nanoseconds);
    if (sched_setscheduler(0, SCHED_OTHER, &other))
        die("sched_setscheduler");
}

static void sleep_on_cpu_0(int from)
{
    char byte;

    run_on(0);
    while (read(from, &byte, 1) == 1)
        ;
    _exit(0);
}

static void wake_from_cpu_1(int to)
{
    run_on(1);
    for (;;) {
        usleep(1000);
        if (write(to, "", 1) != 1)
            _exit(0);
    }
}

static void start_sleeper(pid_t pids[2])
{
    int pipes[2];

    if (pipe(pipes))
        die("pipe");
    pids[0] = child();
    if (!pids[0]) {
        close(pipes[1]);
        sleep_on_cpu_0(pipes[0]);
    }
    pids[1] = child();
    if (!pids[1]) {
        close(pipes[0]);
        wake_from_cpu_1(pipes[1]);
    }
    close(pipes[0]);
    close(pipes[1]);
}

static void end_sleeper(pid_t pids[2])
{
    kill(pids[1], SIGKILL);
    waitpid(pids[1], NULL, 0);
    kill(pids[0], SIGKILL);
    waitpid(pids[0], NULL, 0);
}

static void run_load(const char *word, long long nanoseconds)
{
    long long end = now() + nanoseconds;
    cpu_set_t all;

    if (sched_getaffinity(0, sizeof(all), &all))
        die("sched_getaffinity");
    if (!strcmp(word, "pin0") || !strcmp(word, "pin1")) {
        run_on(word[3] - '0');
        use(nanoseconds);
    } else if (!strcmp(word, "spin")) {
        use(nanoseconds);
    } else if (!strcmp(word, "migrate")) {
        migrate_until(end);
    } else if (!strcmp(word, "pingpong")) {
        ping_pong_until(end);
    } else if (!strcmp(word, "fork")) {
        fork_until(end);
    } else if (!strcmp(word, "realtime")) {
        be_realtime(nanoseconds);
    } else {
        fprintf(stderr, "load: no load '%s'\n", word);
        exit(2);
    }
    sched_setaffinity(0, sizeof(all), &all);
}

static int wake_until_input_ends(void)
{
    pid_t sleeper[2];
    char line[64];

    start_sleeper(sleeper);
    printf("sleeping\n");
    fflush(stdout);
    while (fgets(line, sizeof(line), stdin))
        ;
    end_sleeper(sleeper);
    return 0;
}

int main(int argc, char **argv)
{
    char line[64], word[32];
    int milliseconds;

    if (argc > 1 && !strcmp(argv[1], "--sleeper"))
        return wake_until_input_ends();
    printf("ready\n");
    fflush(stdout);
    while (fgets(line, sizeof(line), stdin)) {
        if (sscanf(line, "%31s %d", word, &milliseconds) != 2)
            return 2;
        run_load(word, milliseconds * 1000000LL);
        printf("%s\n", word);
        fflush(stdout);
    }
    return 0;
}
