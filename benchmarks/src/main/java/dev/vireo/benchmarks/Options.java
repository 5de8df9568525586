package dev.vireo.benchmarks;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param check whether a missed bar makes the exit code 1
 * @param sections which tables
 * @param guests how many guests the sweeps are measured with, ascending
 * @param soak whether what serves is also watched for ten minutes
 */
record Options(boolean check, Set<Section> sections, List<Integer> guests, boolean soak) {
    /** A table. */
    enum Section {
        DISPATCH,
        NATIVE,
        PERCPU,
        SWEEP,
        SAMPLE,
        LIBVIRT,
        START,
        TOP,
        SERVE
    }

    private static final String ONLY = "--only=";
    private static final String GUESTS = "--guests=";

    /** Throws IllegalArgumentException with what is wrong. */
    static Options parse(String[] arguments) {
        boolean check = false;
        boolean soak = false;
        Set<Section> sections = EnumSet.allOf(Section.class);
        List<Integer> guests = SweepRows.SIZES;
        for (String argument : arguments) {
            if (argument.equals("--check")) {
                check = true;
            } else if (argument.equals("--soak")) {
                soak = true;
            } else if (argument.startsWith(ONLY)) {
                sections = EnumSet.of(
                        Section.valueOf(argument.substring(ONLY.length()).toUpperCase(Locale.ROOT)));
            } else if (argument.startsWith(GUESTS)) {
                guests = Arrays.stream(argument.substring(GUESTS.length()).split(",", -1))
                        .map(Integer::valueOf)
                        .sorted()
                        .toList();
            } else {
                throw new IllegalArgumentException("unknown argument " + argument);
            }
        }
        if (check && !guests.equals(SweepRows.SIZES)) {
            throw new IllegalArgumentException("the bars are for " + SweepRows.SIZES + " guests");
        }
        return new Options(check, sections, guests, soak);
    }
}
