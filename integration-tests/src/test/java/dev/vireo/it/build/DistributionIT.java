package dev.vireo.it.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.it.CommandRun;
import dev.vireo.it.Repository;
import dev.vireo.it.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The archive of {@code -Pdist}: built twice, unpacked where names have blanks, run where there is no compiler. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DistributionIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String STOPPED = "test:///default?clock=stopped";

    private DistributionBuild one;
    private DistributionBuild other;
    private Path unpacked;
    private Path runtime;
    private Path cache;

    @BeforeAll
    void buildUnpackAndMakeARuntime(@TempDir Path directory) throws IOException, InterruptedException {
        one = DistributionBuild.in(directory.resolve("one"), directory.resolve("repository"));
        other = DistributionBuild.in(directory.resolve("other"), directory.resolve("repository"));
        cache = directory.resolve("cache");
        Path blanks = Files.createDirectory(directory.resolve("a folder of mine"));
        unpack(blanks);
        try (Stream<Path> entries = Files.list(blanks)) {
            unpacked = entries.findFirst().orElseThrow();
        }
        runtime = directory.resolve("runtime");
        Path jlink = Path.of(System.getProperty("java.home"), "bin/jlink");
        Requirements.requireFile(jlink, "openjdk-17-jdk-headless");
        String modules = "java.base,java.logging,jdk.unsupported";
        run(Map.of(), jlink.toString(), "--add-modules", modules, "--output", runtime.toString());
    }

    private void unpack(Path directory) throws IOException {
        run(Map.of(), "tar", "-xzf", one.archive().toString(), "-C", directory.toString());
    }

    private static CommandRun run(Map<String, String> environment, String... command) {
        return CommandRun.of(LIMIT, environment, List.of(command)).requireSuccess();
    }

    private CommandRun vireo(Path home, String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/vireo").toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(Map.of("LC_ALL", "C.UTF-8", "VIREO_JAVA_OPTS", ""));
        environment.put("JAVA_HOME", runtime.toString());
        environment.put("XDG_CACHE_HOME", cache.toString());
        return CommandRun.of(LIMIT, environment, command).requireSuccess();
    }

    @Test
    void twoBuildsAreTheSameToTheByte() throws IOException {
        assertEquals(-1, Files.mismatch(one.archive(), other.archive()), "compare the archives of two builds");
        assertEquals(-1, Files.mismatch(one.debianPackage(), other.debianPackage()), "compare the Debian packages");
    }

    @Test
    void theRuntimeHasNoCompiler() {
        assertFalse(Files.exists(runtime.resolve("bin/javac")));
    }

    @Test
    void itListsTellsTimesAndHelps() {
        assertTrue(vireo(unpacked, "-c", STOPPED, "list").out().contains("test"));
        CommandRun times = vireo(unpacked, "-c", STOPPED, "cpu-stats", "test");
        assertTrue(times.out().contains("cpu_time            48.772617035 seconds"), times::toString);
        assertEquals("", times.err());
        assertTrue(vireo(unpacked, "--help").out().startsWith("Usage: vireo "));
    }

    @Test
    void itHasAllDriversOfTheSourceTreeAndNoneThatIsBroken() {
        String drivers = vireo(unpacked, "drivers").out();
        assertTrue(drivers.contains("QEMU-cgroup") && drivers.contains("libvirt"), drivers);
        assertFalse(drivers.contains("not usable"), drivers);
    }

    @Test
    void itRunsThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(unpacked.resolveSibling("vireo link"), unpacked.resolve("bin/vireo"));
        CommandRun run = CommandRun.of(
                LIMIT, Map.of("JAVA_HOME", runtime.toString()), List.of(link.toString(), "-c", STOPPED, "list"));
        assertTrue(run.requireSuccess().out().contains("test"), run::toString);
    }

    @Test
    void itsArchiveOfClassesFitsAfterTheFirstRun() {
        vireo(unpacked, "--version");
        Map<String, String> orFail = Map.of(
                "JAVA_HOME",
                runtime.toString(),
                "VIREO_JAVA_OPTS",
                Runtime.version().feature() < 24 ? "-Xshare:on" : "-XX:AOTMode=on");
        run(orFail, unpacked.resolve("bin/vireo").toString(), "-c", STOPPED, "list");
    }

    @Test
    void theManualPagesAreSoundAndTellOfEachCommand() throws IOException {
        Requirements.requireProgram("groff", "groff");
        Path pages = unpacked.resolve("share/man/man1");
        try (Stream<Path> files = Files.list(pages)) {
            for (Path page : files.toList()) {
                CommandRun run = run(Map.of(), "groff", "-man", "-ww", "-Tascii", "-P-cbu", page.toString());
                assertEquals("", run.err(), page::toString);
                assertTrue(run.out().contains("SYNOPSIS"), page::toString);
            }
        }
        assertTrue(Files.readString(pages.resolve("vireo-cpu-stats.1")).contains("\\-\\-for TIME"));
    }

    @Test
    void whatGoesBesideTheCommandIsThere() {
        for (String file : List.of(
                "deploy/systemd/vireo.service",
                "deploy/default/vireo",
                "deploy/grafana/vireo.json",
                "deploy/prometheus/vireo-alerts.yml",
                "docs/monitoring.md")) {
            assertTrue(Files.isRegularFile(unpacked.resolve(file)), file);
        }
    }

    @Test
    void theCompletionsCompleteACommand() {
        Path script = unpacked.resolve("share/completions/bash/vireo");
        run(Map.of(), "bash", "-n", script.toString());
        String asks = "source '" + script + "'; COMP_WORDS=(vireo cpu-st); COMP_CWORD=1; _complete_vireo;"
                + " printf '%s\\n' \"${COMPREPLY[@]}\"";
        assertEquals("cpu-stats", run(Map.of(), "bash", "-c", asks).out().strip());
    }

    @Test
    void zshCompletesFromItsOwnDirectoryAndSaysNothingElse() throws IOException {
        Requirements.requireProgram("zsh", "zsh");
        Path home = Files.createDirectory(cache.resolveSibling("home"));
        String shown = run(
                        Map.of(),
                        "zsh",
                        "-f",
                        Repository.root()
                                .resolve("integration-tests/src/test/zsh/complete.zsh")
                                .toString(),
                        unpacked.resolve("share/completions/zsh").toString(),
                        home.toString())
                .out();
        for (String completed : List.of("vireo cpu-stats ", " --total ", "vireo top --sort overhead ")) {
            assertTrue(shown.contains(completed), shown);
        }
        assertFalse(shown.contains("not found"), shown);
    }
}
