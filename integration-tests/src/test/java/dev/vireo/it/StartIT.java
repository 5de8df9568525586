package dev.vireo.it;

import static dev.vireo.it.VireoCommand.vireoWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes the command start fast: see benchmarks/run --only=start for how fast that is. */
class StartIT {
    private static final String[] CPU_STATS = {"-c", "test:///default", "cpu-stats", "test"};

    @TempDir
    private Path directory;

    static Collection<InstalledJdk> jdks() throws IOException {
        return InstalledJdk.all();
    }

    /** Makes what it starts with, if need be, before anything is looked at. */
    private static Map<String, String> with(InstalledJdk jdk, String options) {
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.home().toString());
        vireoWith(environment, "--version").requireSuccess();
        return Map.of("JAVA_HOME", jdk.home().toString(), "VIREO_JAVA_OPTS", options);
    }

    private List<String> loaded(InstalledJdk jdk, String... arguments) throws IOException {
        Path log = directory.resolve("loaded");
        vireoWith(with(jdk, "-Xlog:class+load:file=" + log), arguments).requireSuccess();
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" source: ")).toList();
        }
    }

    private static List<String> of(String part, List<String> loaded) {
        return loaded.stream().filter(line -> line.contains(part)).toList();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theArchiveFits(InstalledJdk jdk) {
        String orFail = jdk.feature() < 24 ? "-Xshare:on" : "-XX:AOTMode=on";
        CommandRun run = vireoWith(with(jdk, orFail), CPU_STATS).requireSuccess();
        assertEquals("", run.err(), run::toString);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void noClassComesFromAJar(InstalledJdk jdk) throws IOException {
        List<String> loaded = loaded(jdk, CPU_STATS);
        assertTrue(of(" dev.vireo.", loaded).size() > 50, "the log should have the command's own classes");
        assertEquals(List.of(), of(" source: file:", loaded));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aPlainLineNeedsNothingOfPicocli(InstalledJdk jdk) throws IOException {
        assertEquals(List.of(), of(" picocli.", loaded(jdk, CPU_STATS)));
    }

    /** The first one of a run costs some 20 ms. */
    @Test
    void noClassOfOursJoinsStringsByInvokedynamic() throws IOException {
        for (String path : BuiltJars.paths()) {
            if (path.contains("/vireo-")) {
                try (ZipFile jar = new ZipFile(path)) {
                    assertEquals(List.of(), classesThatName("makeConcatWithConstants", jar), path);
                }
            }
        }
    }

    private static List<String> classesThatName(String name, ZipFile jar) throws IOException {
        List<String> found = new ArrayList<>();
        for (ZipEntry entry : Collections.list(jar.entries())) {
            byte[] bytes = jar.getInputStream(entry).readAllBytes();
            if (new String(bytes, StandardCharsets.ISO_8859_1).contains(name)) {
                found.add(entry.getName());
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void noLoggerAndNoDigestIsLookedFor(InstalledJdk jdk) throws IOException {
        List<String> loaded = loaded(jdk, CPU_STATS);
        assertEquals(List.of(), of(" java.util.logging.", loaded));
        assertEquals(List.of(), of(" sun.security.provider.MD5 ", loaded));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theHypervisorsThatAreNotAskedAreNotLoaded(InstalledJdk jdk) throws IOException {
        List<String> loaded = loaded(jdk, CPU_STATS);
        assertEquals(List.of(), of(" com.sun.jna.", loaded));
        assertEquals(List.of(), of(" org.libvirt.", loaded));
    }
}
