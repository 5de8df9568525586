package dev.vireo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java that a bar of the command's start is for.
 *
 * @param home its directory
 * @param version its whole version
 * @param role which bar
 */
record StartedJava(Path home, String version, Role role) {
    /** Where Linux distributions put them. */
    static final Path PLACE = Path.of("/usr/lib/jvm");

    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"((\\d+)[^\"]*)\"");
    private static final int BASELINE = 17;
    private static final int YEARS_BETWEEN_LTS = 2;
    private static final int VERSIONS_A_YEAR = 2;

    /** The oldest Java that the command runs with, and the newest with long-term support. */
    enum Role {
        BASELINE("Java 17", 5),
        NEWEST_LTS("a newer Java with long-term support (21, 25)", 4);

        private final String text;
        private final double mostTimesVirsh;

        Role(String text, double mostTimesVirsh) {
            this.text = text;
            this.mostTimesVirsh = mostTimesVirsh;
        }

        String text() {
            return text;
        }

        double mostTimesVirsh() {
            return mostTimesVirsh;
        }
    }

    /** Returns those of this machine, at most one of each role. */
    static List<StartedJava> all() throws IOException {
        TreeMap<Integer, Path> homes = new TreeMap<>();
        for (Path home : homes()) {
            Matcher version = version(home);
            if (version.find() && isLts(Integer.parseInt(version.group(2)))) {
                homes.putIfAbsent(Integer.parseInt(version.group(2)), home);
            }
        }
        List<StartedJava> found = new ArrayList<>();
        if (homes.containsKey(BASELINE)) {
            found.add(of(homes.get(BASELINE), Role.BASELINE));
        }
        Map.Entry<Integer, Path> newest = homes.lastEntry();
        if (newest != null && newest.getKey() > BASELINE) {
            found.add(of(newest.getValue(), Role.NEWEST_LTS));
        }
        return found;
    }

    private static boolean isLts(int feature) {
        return feature >= BASELINE && (feature - BASELINE) % (YEARS_BETWEEN_LTS * VERSIONS_A_YEAR) == 0;
    }

    private static StartedJava of(Path home, Role role) throws IOException {
        Matcher version = version(home);
        return new StartedJava(home, version.find() ? version.group(1) : "", role);
    }

    private static Matcher version(Path home) throws IOException {
        Path release = home.resolve("release");
        boolean isJava = Files.isReadable(release) && Files.isExecutable(home.resolve("bin/java"));
        return VERSION.matcher(isJava ? Files.readString(release) : "");
    }

    private static List<Path> homes() throws IOException {
        List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        if (Files.isDirectory(PLACE)) {
            try (Stream<Path> packaged = Files.list(PLACE)) {
                packaged.sorted().forEach(homes::add);
            }
        }
        return homes;
    }
}
