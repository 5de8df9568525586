package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.reading.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who a process is, from {@code /proc/PID/stat}.
 *
 * @param command its name, at most 15 bytes
 * @param state one letter; {@code Z} and {@code X} have ended
 * @param parent its parent's pid
 * @param startTime when it started, in ticks since boot; together with the pid it identifies the process for ever
 */
record ProcessStat(String command, char state, int parent, long startTime) {
    private static final int STATE = 3;
    private static final int PARENT = 4;
    private static final int START_TIME = 22;

    static ProcessStat read(Path process) throws IOException {
        Path file = process.resolve("stat");
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        // the name in parentheses may hold spaces and parentheses of its own
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        try {
            String[] fields = text.substring(close + 1).strip().split(" ", -1);
            return new ProcessStat(
                    text.substring(open + 1, close),
                    fields[0].charAt(0),
                    Integer.parseInt(fields[PARENT - STATE]),
                    Long.parseLong(fields[START_TIME - STATE]));
        } catch (NumberFormatException | IndexOutOfBoundsException malformed) {
            throw new MalformedFileException(file, "unexpected text '" + text.strip() + "'");
        }
    }

    boolean hasEnded() {
        return state == 'Z' || state == 'X';
    }
}
