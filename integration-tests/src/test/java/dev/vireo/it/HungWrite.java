package dev.vireo.it;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks whether a process hangs in a write: whether one of its threads is in it, time and again. */
final class HungWrite {
    private static final int LOOKS = 10;
    /** The number of the call and the descriptor, standard output: on x86-64, and on all that are newer. */
    private static final String WRITES = "(1|64) 0x1 .*";

    private final int pid;
    private int seen;

    HungWrite(int pid) {
        this.pid = pid;
    }

    /** Looks once more; returns whether all of the last looks have seen it. */
    boolean isSeenAgain() throws IOException {
        seen = isSeen() ? seen + 1 : 0;
        return seen >= LOOKS;
    }

    private boolean isSeen() throws IOException {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Integer.toString(pid), "task"))) {
            for (Path task : tasks) {
                // a thread that has ended meanwhile writes nothing
                if (Guest.readIfThere(task.resolve("syscall"))
                        .orElse("")
                        .strip()
                        .matches(WRITES)) {
                    return true;
                }
            }
        }
        return false;
    }
}
