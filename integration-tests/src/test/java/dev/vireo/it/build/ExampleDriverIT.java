package dev.vireo.it.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/writing-a-driver.md is built as an outsider would build it, from released artifacts, and drops in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExampleDriverIT {
    private static final Path ROOT = Path.of(System.getProperty("vireo.root"));
    private static final Path EXAMPLE = ROOT.resolve("examples/driver-uml");

    private MavenRun verified = new MavenRun("");
    private Path work;
    private Path drivers;

    @BeforeAll
    void buildTheExample(@TempDir Path directory) throws IOException, InterruptedException {
        work = directory;
        for (String part : List.of("mvnw", ".mvn")) {
            FileTree.copy(ROOT.resolve(part), directory.resolve(part));
        }
        for (String part : List.of("pom.xml", "src")) {
            FileTree.copy(EXAMPLE.resolve(part), directory.resolve("driver-uml").resolve(part));
        }
        Path own = directory.resolve("repository");
        ReleasedArtifacts.install(own);
        Path main = Path.of(System.getProperty("vireo.maven.repository"));
        verified = MavenRun.online(directory, own, main, "--file", "driver-uml", "verify");
        drivers = Files.createDirectory(directory.resolve("drivers"));
        Path jar = directory.resolve("driver-uml/target/vireo-driver-uml-0.1.0-SNAPSHOT.jar");
        assertTrue(Files.exists(jar), verified::toString);
        Files.copy(jar, drivers.resolve("uml.jar"));
    }

    private String vireo(String... arguments) throws IOException, InterruptedException {
        return run(new ProcessBuilder(ROOT.resolve("vireo").toString()), arguments);
    }

    private String run(ProcessBuilder builder, String... arguments) throws IOException, InterruptedException {
        builder.command().addAll(List.of(arguments));
        builder.redirectErrorStream(true).environment().put("VIREO_DRIVERS", drivers.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> builder.command() + " said: " + said);
        return said;
    }

    @Test
    void itKeepsTheContractWithRealGuests() {
        String said = verified.toString();
        assertTrue(said.contains("BUILD SUCCESS"), said);
        assertTrue(said.contains("UmlDriverTest"), said);
        assertTrue(said.matches("(?s).*Tests run: \\d\\d+, Failures: 0, Errors: 0, Skipped: 0.*"), said);
    }

    @Test
    void itsJarIsADriverOfTheCommand() throws IOException, InterruptedException {
        String shown = vireo("drivers");
        assertTrue(shown.contains("\nUML\n  schemes: uml\n"), shown);
        assertTrue(shown.contains("location: " + drivers.resolve("uml.jar")), shown);
    }

    @Test
    void theCommandReadsARealGuestWithIt() throws IOException, InterruptedException {
        Path guests = Files.createDirectory(work.resolve("guests"));
        Process guest = start(guests);
        try {
            String uri = "uml://" + guests;
            String listed = vireo("-c", uri, "list");
            assertTrue(listed.contains("one"), listed);
            String total = vireo("-c", uri, "cpu-stats", "one", "--total");
            assertTrue(total.contains("cpu_time"), total);
        } finally {
            guest.descendants().forEach(ProcessHandle::destroyForcibly);
            guest.destroyForcibly();
            assertTrue(guest.waitFor(1, TimeUnit.MINUTES), "the guest does not end");
        }
    }

    /** Starts a guest by the programs of the example's own tests. */
    private Process start(Path guests) throws IOException, InterruptedException {
        Path programs = Files.createDirectory(work.resolve("programs"));
        Path sources = EXAMPLE.resolve("src/test/c");
        String start = programs.resolve("start").toString();
        run(
                new ProcessBuilder("cc", "-O1", "-o", start),
                sources.resolve("start.c").toString());
        String init = programs.resolve("init").toString();
        run(
                new ProcessBuilder("cc", "-O1", "-static", "-o", init),
                sources.resolve("init.c").toString());
        run(
                new ProcessBuilder("sh", "-c").directory(programs.toFile()),
                "echo init | cpio --quiet -o -H newc > initrd");
        ProcessBuilder guest = new ProcessBuilder(
                        start,
                        "linux.uml",
                        "mem=64M",
                        "umid=one",
                        "uml_dir=" + guests + "/",
                        "initrd=" + programs.resolve("initrd"),
                        "rdinit=/init",
                        "con=null",
                        "con0=fd:0,fd:1",
                        "ssl=null",
                        "quiet")
                .redirectErrorStream(true);
        Process process = guest.start();
        String line = process.inputReader().readLine();
        while (line != null && !line.strip().equals("ready")) {
            line = process.inputReader().readLine();
        }
        assertTrue(line != null, "the guest has ended before it was ready");
        return process;
    }
}
