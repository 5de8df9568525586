package dev.vireo.examples.uml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /proc/PID/stat} says of a process. Times are ticks of 10 ms, those of all its threads, ended ones too.
 *
 * @param pid the process
 * @param state {@code R}, {@code S}, {@code T}, {@code Z}…
 * @param startTime when it started, in ticks since the host's boot
 * @param userTicks its time in user mode
 * @param systemTicks its time in the kernel
 * @param endedUserTicks time in user mode of its children that have ended
 * @param endedSystemTicks time in the kernel of its children that have ended
 */
record ProcessStat(
        int pid,
        char state,
        long startTime,
        long userTicks,
        long systemTicks,
        long endedUserTicks,
        long endedSystemTicks) {
    /** USER_HZ is 100 on all hosts that User-mode Linux runs on (x86). */
    static final long NANOS_PER_TICK = 10_000_000;

    /** Reads a process; null if there is none. */
    static @Nullable ProcessStat find(Path proc, int pid) throws IOException {
        Path directory = proc.resolve(Integer.toString(pid));
        try {
            return parse(pid, Files.readString(directory.resolve("stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException failed) {
            if (Files.exists(directory)) {
                throw failed;
            }
            return null; // it ended before the file was opened, or while it was read
        }
    }

    /** The second field is a name in parentheses that may hold blanks and parentheses of its own. */
    static ProcessStat parse(int pid, String text) {
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return new ProcessStat(
                pid,
                fields[0].charAt(0),
                Long.parseLong(fields[19]),
                Long.parseLong(fields[11]),
                Long.parseLong(fields[12]),
                Long.parseLong(fields[13]),
                Long.parseLong(fields[14]));
    }

    /** Tells whether it has ended and waits for its parent to notice: its times still count. */
    boolean hasEnded() {
        return state == 'Z' || state == 'X';
    }

    boolean isStopped() {
        return state == 'T';
    }

    long endedTicks() {
        return endedUserTicks + endedSystemTicks;
    }
}
