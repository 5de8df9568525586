package dev.vireo.it.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.it.CommandRun;
import dev.vireo.it.Requirements;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The driver in examples/driver-uml needs nothing but what is released, and works where it is dropped in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExampleDriverIT {
    private static final Path ROOT = Path.of(System.getProperty("vireo.root"));
    private static final Path EXAMPLE = ROOT.resolve("examples/driver-uml");
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private MavenRun verified = new MavenRun("");
    private Path guests;
    private Path drivers;
    private Process guest;

    @BeforeAll
    void buildDropInAndStartAGuest(@TempDir Path directory) throws IOException, InterruptedException {
        Requirements.root("the example's guests in control groups of their own");
        Requirements.requireProgram("linux.uml", "user-mode-linux");
        Requirements.requireProgram("cc", "build-essential");
        Requirements.requireProgram("cpio", "cpio");
        for (String part : List.of("mvnw", ".mvn")) {
            FileTree.copy(ROOT.resolve(part), directory.resolve(part));
        }
        for (String part : List.of("pom.xml", "src", "guest")) {
            FileTree.copy(EXAMPLE.resolve(part), directory.resolve("example").resolve(part));
        }
        Path own = directory.resolve("repository");
        ReleasedArtifacts.install(own);
        Path main = Path.of(System.getProperty("vireo.maven.repository"));
        verified = MavenRun.online(directory, own, main, "--offline", "--file", "example", "verify");
        drivers = Files.createDirectory(directory.resolve("drivers"));
        Files.copy(jarIn(directory.resolve("example/target")), drivers.resolve("uml.jar"));
        startGuest(directory.resolve("programs"), Files.createDirectory(directory.resolve("guests")));
    }

    private Path jarIn(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the example was not built:\n" + verified));
        }
    }

    private void startGuest(Path programs, Path umlDir) throws IOException {
        String script = EXAMPLE.resolve("guest").toString();
        CommandRun.of(LIMIT, List.of(script, "build", programs.toString())).requireSuccess();
        guests = umlDir;
        guest = new ProcessBuilder(script, "run", programs.toString(), umlDir.toString(), "web")
                .redirectErrorStream(true)
                .start();
        BufferedReader console = guest.inputReader();
        StringBuilder said = new StringBuilder();
        String line = "";
        while (!line.strip().equals("ready")) {
            line = console.readLine();
            if (line == null) {
                throw new AssertionError("the guest has ended: " + said);
            }
            said.append(line).append('\n');
        }
    }

    @AfterAll
    void endTheGuest() {
        if (guest != null) {
            guest.descendants().forEach(ProcessHandle::destroyForcibly);
            guest.destroyForcibly().onExit().join();
        }
    }

    private CommandRun vireo(String... arguments) {
        List<String> command = Stream.concat(Stream.of(ROOT.resolve("vireo").toString()), Stream.of(arguments))
                .toList();
        Map<String, String> environment =
                Map.of("LC_ALL", "C.UTF-8", "VIREO_DEFAULT_URI", "", "VIREO_DRIVERS", drivers.toString());
        return CommandRun.of(LIMIT, environment, command).requireSuccess();
    }

    @Test
    void itKeepsTheContractOffTheReleasedArtifactsAlone() {
        assertTrue(verified.toString().contains("BUILD SUCCESS"), verified::toString);
        assertTrue(
                verified.toString().matches("(?s).*Tests run: [5-9]\\d, Failures: 0, Errors: 0, Skipped: \\d+\\s.*"),
                verified::toString);
    }

    @Test
    void itIsShownAmongTheDriversWithWhatItCanDo() {
        CommandRun shown = vireo("drivers");
        assertTrue(shown.out().contains("\nUML\n  schemes: uml\n"), shown::toString);
        assertTrue(shown.out().contains("uml.jar"), shown::toString);
    }

    @Test
    void itListsARealGuest() {
        CommandRun listed = vireo("-c", "uml://" + guests, "list");
        assertTrue(listed.out().matches("(?s).*\\b" + guest.pid() + "\\s+web\\s+\\S+\\s+running.*"), listed::toString);
    }

    @Test
    void itTellsARealGuestsTimes() {
        CommandRun read = vireo("-c", "uml://" + guests, "cpu-stats", "web", "--total");
        assertTrue(
                read.out().matches("(?s)Total:\\s+cpu_time +(?!0\\.0{9} )\\d+\\.\\d{9} seconds\n.*"), read::toString);
        assertEquals(3, read.out().split(" seconds", -1).length - 1, read::toString);
    }
}
