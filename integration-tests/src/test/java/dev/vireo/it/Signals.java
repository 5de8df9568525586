package dev.vireo.it;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Sends signals: stops processes, and lets them go on. */
final class Signals {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Signals() {}

    /** Stops all threads, as in a process that hangs; from when this returns none runs. */
    static void stop(int pid) throws IOException {
        send("-STOP", pid);
        Await.until("all threads of " + pid + " are stopped", LIMIT, () -> areAllThreadsStopped(pid));
    }

    static void resume(int pid) {
        send("-CONT", pid);
    }

    /** Sends a signal, named as for {@code kill}: {@code -TERM}. */
    static void send(String signal, int pid) {
        CommandRun.of(LIMIT, List.of(Programs.get("kill"), signal, Integer.toString(pid)))
                .requireSuccess();
    }

    private static boolean areAllThreadsStopped(int pid) throws IOException {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Integer.toString(pid), "task"))) {
            for (Path task : tasks) {
                // a thread that has ended meanwhile does not run
                if (!Guest.readIfThere(task.resolve("stat")).orElse(") T").contains(") T")) {
                    return false;
                }
            }
        }
        return true;
    }
}
