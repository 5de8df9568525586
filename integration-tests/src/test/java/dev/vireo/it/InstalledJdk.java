package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java of this machine.
 *
 * @param home its directory
 * @param feature its version: 17, 25
 */
record InstalledJdk(Path home, int feature) {
    private static final int BASELINE = 17;
    /** Where the packages of all Linux distributions put them. */
    private static final Path PACKAGED = Path.of("/usr/lib/jvm");

    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)[^\"]*\"");

    /** Returns one of each version from the baseline on: the one that runs the tests, JAVA_HOME's, the packaged ones. */
    static Collection<InstalledJdk> all() throws IOException {
        TreeMap<Integer, InstalledJdk> byVersion = new TreeMap<>();
        homes().map(InstalledJdk::at)
                .flatMap(Optional::stream)
                .filter(jdk -> jdk.feature >= BASELINE)
                .forEach(jdk -> byVersion.putIfAbsent(jdk.feature, jdk));
        return byVersion.values();
    }

    private static Stream<Path> homes() throws IOException {
        Stream<Path> named = Stream.of(System.getProperty("java.home"), System.getenv("JAVA_HOME"))
                .filter(Objects::nonNull)
                .filter(home -> !home.isEmpty())
                .map(Path::of);
        return Stream.concat(named, packaged());
    }

    private static Stream<Path> packaged() throws IOException {
        if (!Files.isDirectory(PACKAGED)) {
            return Stream.empty();
        }
        try (Stream<Path> homes = Files.list(PACKAGED)) {
            return homes.sorted().toList().stream();
        }
    }

    private static Optional<InstalledJdk> at(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() && Files.isExecutable(home.resolve("bin/java"))
                    ? Optional.of(new InstalledJdk(home, Integer.parseInt(version.group(1))))
                    : Optional.empty();
        } catch (IOException noJdk) {
            return Optional.empty();
        }
    }

    String java() {
        return home.resolve("bin/java").toString();
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
