package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * The CPU ids of the host: {@code possible} ones have a place in per-CPU files, {@code present} ones have a CPU.
 *
 * <p>libvirt takes a place for each present CPU and is wrong where ids have gaps; the kernel prints possible ones.
 *
 * <p>Immutable. The sets are to be read only.
 */
public final class CpuIds {
    private final BitSet present;
    private final BitSet online;
    // walked through at each reading: a set of bits is slower
    private final int[] possibleIds;
    private final int[] presentIds;
    private final int size;

    private CpuIds(BitSet possible, BitSet present, BitSet online) {
        this.present = present;
        this.online = online;
        this.possibleIds = possible.stream().toArray();
        this.presentIds = present.stream().toArray();
        this.size = present.length();
    }

    /**
     * Reads {@code /sys/devices/system/cpu}.
     *
     * @param sysfs the directory that stands for {@code /sys}
     * @return the ids
     * @throws IOException if a file is missing, unreadable or malformed
     */
    public static CpuIds read(Path sysfs) throws IOException {
        Path directory = sysfs.resolve("devices/system/cpu");
        return new CpuIds(
                readList(directory.resolve("possible")),
                readList(directory.resolve("present")),
                readList(directory.resolve("online")));
    }

    /**
     * Returns the ids that have a CPU, online or not.
     *
     * @return a set to be read only
     */
    public BitSet present() {
        return present;
    }

    /**
     * Returns the ids whose CPU is online.
     *
     * @return a set to be read only
     */
    public BitSet online() {
        return online;
    }

    /** Returns the ids that the kernel reserves room for, in ascending order; to be read only. */
    int[] possibleIds() {
        return possibleIds;
    }

    /** Returns the ids that have a CPU, in ascending order; to be read only. */
    int[] presentIds() {
        return presentIds;
    }

    /**
     * Returns how much room is needed for all ids that may ever be.
     *
     * @return the highest possible id + 1
     */
    public int room() {
        return possibleIds.length == 0 ? 0 : possibleIds[possibleIds.length - 1] + 1;
    }

    /**
     * Returns how many ids there are, which is not how many CPUs.
     *
     * @return the highest present id + 1
     */
    public int size() {
        return size;
    }

    /**
     * Reads a file that holds a list of CPUs.
     *
     * @param file which
     * @return the ids in it
     * @throws IOException if it is missing, unreadable or malformed
     */
    public static BitSet readList(Path file) throws IOException {
        // each byte is some character here, so that the error for what is no list names the file
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        try {
            return parseList(text);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedFileException(file, "'" + text + "' is no list of CPUs: " + malformed.getMessage());
        }
    }

    /** Parses the kernel's list format, for instance {@code 0-3,7}. */
    static BitSet parseList(String text) {
        BitSet ids = new BitSet();
        for (String range : text.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = parseId(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : parseId(range.substring(dash + 1));
            if (last < first) {
                throw new IllegalArgumentException("the range '" + range + "' goes back");
            }
            ids.set(first, last + 1);
        }
        return ids;
    }

    private static int parseId(String text) {
        int id = Integer.parseInt(text);
        // parseInt takes a sign, before 0 as well
        if (!Character.isDigit(text.charAt(0)) || id > 1 << 20) {
            throw new IllegalArgumentException("no CPU has the id " + text);
        }
        return id;
    }
}
