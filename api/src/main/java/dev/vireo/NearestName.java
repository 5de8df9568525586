package dev.vireo;

import java.util.Comparator;

/** Suggests the domain that was probably meant. */
final class NearestName {
    private NearestName() {}

    /** Returns text to append to an error: the nearest name among the running domains, or nothing. */
    static String hint(String wanted, Connection connection) {
        // more than half wrong is no typing error
        int limit = Math.max(1, wanted.length() / 2);
        return connection.listDomains().stream()
                .map(Domain::name)
                .filter(name -> distance(wanted, name) <= limit)
                .min(Comparator.comparingInt((String name) -> distance(wanted, name))
                        .thenComparing(Comparator.naturalOrder()))
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }

    /** Counts the characters to insert, remove or replace (Levenshtein), without regard to case. */
    static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replace = previous[j - 1] + (sameLetter(from.charAt(i - 1), to.charAt(j - 1)) ? 0 : 1);
                current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }

    private static boolean sameLetter(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
