package dev.vireo.cli.top;

import dev.vireo.monitor.Rate;
import dev.vireo.monitor.Rates;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;

/** Chooses and sorts the domains that are shown. */
final class Order {
    private static final double UNKNOWN = -1;

    private Order() {}

    /** Returns rows of the later snapshot. Numbers that are not known come last; those that look equal, by name. */
    static int[] rows(Rates rates, TopSettings settings) {
        int[] chosen = chosen(rates, settings.filter());
        Integer[] sorted = new Integer[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            sorted[i] = chosen[i];
        }
        Comparator<Integer> byName =
                Comparator.comparing(row -> rates.later().domain(row).name());
        if (settings.sort().isNumber()) {
            double[] keys = keys(rates, chosen, settings);
            Comparator<Integer> byNumber = (one, other) -> Double.compare(keys[other], keys[one]);
            Arrays.sort(sorted, byNumber.thenComparing(byName));
        } else {
            Arrays.sort(sorted, byName);
        }
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = sorted[i];
        }
        return chosen;
    }

    private static int[] chosen(Rates rates, String filter) {
        String part = filter.toLowerCase(Locale.ROOT);
        int[] chosen = new int[rates.size()];
        int count = 0;
        for (int row = 0; row < chosen.length; row++) {
            if (part.isEmpty()
                    || rates.later().domain(row).name().toLowerCase(Locale.ROOT).contains(part)) {
                chosen[count++] = row;
            }
        }
        return Arrays.copyOf(chosen, count);
    }

    private static double[] keys(Rates rates, int[] rows, TopSettings settings) {
        double[] keys = new double[rates.size()];
        for (int row : rows) {
            Rate number = settings.sort().of(rates.domain(row), settings.of());
            keys[row] = number.isKnown() ? Math.rint(10 * number.value()) : UNKNOWN;
        }
        return keys;
    }
}
