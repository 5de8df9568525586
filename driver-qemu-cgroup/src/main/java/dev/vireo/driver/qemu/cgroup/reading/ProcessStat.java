package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code /proc/PID/stat} says of a process.
 *
 * @param command its name, at most 15 bytes
 * @param state one letter; {@code Z} and {@code X} have ended
 * @param parent its parent's pid
 * @param flags what kind of process it is
 * @param startTime when it started, in ticks since boot; together with the pid it identifies the process for ever
 * @param memory the bytes of its address space; a process that is killed gives them up before its state says so
 */
public record ProcessStat(String command, char state, int parent, long flags, long startTime, long memory) {
    private static final long PF_KTHREAD = 0x0020_0000;

    // the numbers of proc(5); the fields from the third on follow the name
    private static final int STATE = 3;
    private static final int PARENT = 4;
    private static final int FLAGS = 9;
    private static final int START_TIME = 22;
    private static final int MEMORY = 23;

    /**
     * Reads a process.
     *
     * @param process its directory below {@code /proc}
     * @return what its file says
     * @throws IOException if it has ended or the file is malformed
     */
    public static ProcessStat read(Path process) throws IOException {
        Path file = process.resolve("stat");
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        // the name in parentheses may hold spaces and parentheses of its own
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        if (open < 0) {
            throw new MalformedFileException(file, "no name in parentheses in '" + text.strip() + "'");
        }
        try {
            String[] fields = text.substring(close + 1).strip().split(" ", -1);
            return new ProcessStat(
                    text.substring(open + 1, close),
                    fields[0].charAt(0),
                    Integer.parseInt(fields[PARENT - STATE]),
                    Long.parseUnsignedLong(fields[FLAGS - STATE]),
                    Long.parseUnsignedLong(fields[START_TIME - STATE]),
                    Long.parseUnsignedLong(fields[MEMORY - STATE]));
        } catch (NumberFormatException | IndexOutOfBoundsException malformed) {
            throw new MalformedFileException(file, "unexpected text '" + text.strip() + "'");
        }
    }

    /**
     * Tells whether the process has ended, be it not waited for yet.
     *
     * @return whether nothing of it runs any more
     */
    public boolean hasEnded() {
        return state == 'Z' || state == 'X' || memory == 0;
    }

    /**
     * Tells whether it is a kernel thread, which never becomes anything else.
     *
     * @return whether it has no program
     */
    public boolean isKernelThread() {
        return (flags & PF_KTHREAD) != 0;
    }
}
