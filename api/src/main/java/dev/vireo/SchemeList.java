package dev.vireo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** URI schemes as text; schemes that differ in what follows a {@code +} only are told once. */
final class SchemeList {
    private SchemeList() {}

    static String of(Collection<String> schemes) {
        SortedMap<String, Set<String>> suffixes = new TreeMap<>();
        for (String scheme : new TreeSet<>(schemes)) {
            int plus = scheme.indexOf('+');
            boolean isVariant = plus > 0 && schemes.contains(scheme.substring(0, plus));
            Set<String> ofBase =
                    suffixes.computeIfAbsent(isVariant ? scheme.substring(0, plus) : scheme, base -> new TreeSet<>());
            if (isVariant) {
                ofBase.add(scheme.substring(plus));
            }
        }
        return text(suffixes);
    }

    private static String text(SortedMap<String, Set<String>> suffixes) {
        SortedMap<String, List<String>> bases = new TreeMap<>();
        for (Map.Entry<String, Set<String>> entry : suffixes.entrySet()) {
            bases.computeIfAbsent(String.join(", ", entry.getValue()), none -> new ArrayList<>())
                    .add(entry.getKey());
        }
        // the empty text comes first: schemes without variants
        return bases.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + variants(entry.getKey()))
                .collect(Collectors.joining("; "));
    }

    private static String variants(String suffixes) {
        return suffixes.isEmpty() ? "" : ", also with " + suffixes;
    }
}
