package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The built jars, on the module path and on the class path, with every JDK of this machine from the baseline on. */
class ModulePathIT {
    private static final List<String> ARGUMENTS =
            List.of("-c", "test:///default?clock=stopped", "cpu-stats", "test", "--total");

    static Collection<InstalledJdk> jdks() throws IOException {
        return InstalledJdk.all();
    }

    @Test
    void theBaselineIsTried() throws IOException {
        assertTrue(
                jdks().stream().anyMatch(jdk -> jdk.feature() == 17),
                () -> "the jars must run on JDK 17, and there is none to try it with");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theJarsRunOnTheModulePath(InstalledJdk jdk) throws IOException {
        assertPrintsTotal(java(jdk, "-p", jars(), "-m", "dev.vireo.cli/dev.vireo.cli.Main"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theJarsRunOnTheClassPath(InstalledJdk jdk) throws IOException {
        assertPrintsTotal(java(jdk, "-cp", jars(), "dev.vireo.cli.Main"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void everyJarOfOursIsANamedModule(InstalledJdk jdk) throws IOException {
        CommandRun run = CommandRun.of(Duration.ofMinutes(1), List.of(jdk.java(), "-p", jars(), "--list-modules"));
        List<String> ours = run.requireSuccess()
                .out()
                .lines()
                .filter(line -> line.startsWith("dev.vireo"))
                .toList();
        assertEquals(7, ours.size(), run::toString);
        assertTrue(ours.stream().noneMatch(line -> line.contains("automatic")), run::toString);
    }

    private static CommandRun java(InstalledJdk jdk, String... start) {
        List<String> command = new ArrayList<>(List.of(jdk.java()));
        command.addAll(List.of(start));
        command.addAll(ARGUMENTS);
        return CommandRun.of(Duration.ofMinutes(1), command);
    }

    private static void assertPrintsTotal(CommandRun run) {
        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.out().startsWith("Total:\n\tcpu_time            48.772617035 seconds\n"), run::toString);
        assertEquals("", run.err());
    }

    private static String jars() throws IOException {
        return String.join(File.pathSeparator, BuiltJars.paths());
    }
}
