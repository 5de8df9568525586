package dev.vireo.exporter.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a file of users as {@code htpasswd -B} writes it: {@code USER:$2y$…} a line; {@code #} begins a comment. */
final class PasswordFile {
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}");
    // From here on one guess costs more than a second of this host's time.
    private static final int HIGHEST_COST = 14;
    private static final int LOWEST_COST = 4;

    private PasswordFile() {}

    /**
     * Returns who may ask.
     *
     * @throws IllegalArgumentException naming the line, if one is not as it should be, or nobody is in it
     */
    static Passwords parse(String text) {
        Map<String, byte[]> hashes = new LinkedHashMap<>();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(line, i + 1, hashes);
            }
        }
        if (hashes.isEmpty()) {
            throw new IllegalArgumentException("no user in it: add one with htpasswd -B FILE USER");
        }
        return new Passwords(hashes);
    }

    private static void add(String line, int number, Map<String, byte[]> hashes) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("line " + number + " is not USER:HASH, as htpasswd -B writes it");
        }
        // bytes were read one a character; names are UTF-8
        String user =
                new String(line.substring(0, colon).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        byte[] hash = hash(line.substring(colon + 1), number);
        if (hashes.putIfAbsent(user, hash) != null) {
            throw new IllegalArgumentException("line " + number + ": this user stands in an earlier line, too");
        }
    }

    private static byte[] hash(String text, int number) {
        if (!BCRYPT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "line " + number + ": not a bcrypt hash ($2y$…): write it with htpasswd -B FILE USER");
        }
        byte[] hash = text.getBytes(StandardCharsets.US_ASCII);
        int cost = cost(hash);
        if (cost < LOWEST_COST || cost > HIGHEST_COST) {
            throw new IllegalArgumentException("line " + number + ": bcrypt cost " + cost + " is not between "
                    + LOWEST_COST + " and " + HIGHEST_COST + ": htpasswd -B -C 10 FILE USER");
        }
        return hash;
    }

    /** Returns the two digits of {@code $2y$10$…}. */
    static int cost(byte[] hash) {
        return (hash[4] - '0') * 10 + hash[5] - '0';
    }
}
