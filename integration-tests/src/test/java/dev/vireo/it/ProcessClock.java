package dev.vireo.it;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A process's CPU clock, read by a program of its own.
 *
 * @param program which
 * @param pid of whom
 */
record ProcessClock(CProgram program, int pid) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    long readNanos() {
        String line = program.lines(List.of(Integer.toString(pid))).get(0);
        return Long.parseLong(line.substring(line.indexOf(' ') + 1));
    }

    /** Returns when the process has used this much more CPU time. */
    void awaitGrowth(Duration growth) throws IOException {
        long before = readNanos();
        Await.until(
                () -> "process " + pid + " has used " + growth + " of CPU time",
                LIMIT,
                () -> readNanos() - before >= growth.toNanos());
    }
}
