package dev.vireo.examples.uml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/** The CPU ids of this host: those that the kernel counts for ("possible"), and those of them that are there ("present"). */
final class HostCpus {
    private static final Path DIRECTORY = Path.of("/sys/devices/system/cpu");

    private final BitSet possible;
    private final BitSet present;

    private HostCpus(BitSet possible, BitSet present) {
        this.possible = possible;
        this.present = present;
    }

    static HostCpus read() throws IOException {
        return new HostCpus(
                parse(Files.readString(DIRECTORY.resolve("possible"))),
                parse(Files.readString(DIRECTORY.resolve("present"))));
    }

    /** Parses the kernel's lists, such as {@code 0-3,8}. */
    static BitSet parse(String list) {
        BitSet ids = new BitSet();
        for (String range : list.strip().split(",")) {
            String[] ends = range.split("-");
            ids.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
        return ids;
    }

    /** Returns the highest present id + 1. */
    int count() {
        return present.length();
    }

    boolean isPresent(int cpu) {
        return present.get(cpu);
    }

    int[] possible() {
        return possible.stream().toArray();
    }
}
