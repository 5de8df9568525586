package dev.vireo.it.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/writing-a-driver.md: a new driver's project keeps the contract at once, and its jar drops in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchetypeIT {
    private static final Path ROOT = Path.of(System.getProperty("vireo.root"));
    private static final Path GUIDE = ROOT.resolve("docs/writing-a-driver.md");

    private MavenRun made = new MavenRun("");
    private MavenRun verified = new MavenRun("");
    private Path project;

    @BeforeAll
    void makeAndVerify(@TempDir Path directory) throws IOException, InterruptedException {
        FileTree.copy(ROOT.resolve("mvnw"), directory.resolve("mvnw"));
        FileTree.copy(ROOT.resolve(".mvn"), directory.resolve(".mvn"));
        Path own = directory.resolve("repository");
        ReleasedArtifacts.install(own);
        Path main = Path.of(System.getProperty("vireo.maven.repository"));
        made = MavenRun.online(directory, own, main, commandOfTheGuide().toArray(String[]::new));
        project = directory.resolve("driver-toy");
        verified = MavenRun.online(directory, own, main, "--file", "driver-toy", "verify");
    }

    /** Returns the arguments of the first mvn command in the guide, which spreads over several lines. */
    private static List<String> commandOfTheGuide() throws IOException {
        String guide = Files.readString(GUIDE);
        int start = guide.indexOf("\nmvn org.apache.maven.plugins:maven-archetype-plugin:");
        assertTrue(start > 0, "the guide does not tell how to make a project");
        String command =
                guide.substring(start + 1, guide.indexOf("\n```", start)).replace("\\\n", " ");
        return Stream.of(command.split("\\s+", -1))
                .skip(1)
                .map(word -> word.replace("VERSION", version()))
                .toList();
    }

    private static String version() {
        try {
            return ReleasedArtifacts.version();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    void oneCommandMakesAProject() {
        assertTrue(made.toString().contains("BUILD SUCCESS"), made::toString);
        assertTrue(Files.exists(project.resolve("src/main/java/org/example/toy/ToyDriver.java")), made::toString);
        assertTrue(Files.exists(project.resolve("README.md")), made::toString);
    }

    @Test
    void itKeepsTheContractAtOnce() {
        assertTrue(verified.toString().contains("BUILD SUCCESS"), verified::toString);
        assertTrue(
                verified.toString().matches("(?s).*Tests run: [4-9]\\d, Failures: 0, Errors: 0, Skipped: 0.*"),
                verified::toString);
    }

    @Test
    void itsJarDropsIn() throws IOException, InterruptedException {
        Path drivers = Files.createDirectory(project.resolve("drivers"));
        Files.copy(project.resolve("target/driver-toy-1.0.jar"), drivers.resolve("driver-toy.jar"));
        ProcessBuilder vireo = new ProcessBuilder(
                        ROOT.resolve("vireo").toString(), "-c", "toy:///", "cpu-stats", "first", "--total")
                .redirectErrorStream(true);
        vireo.environment().put("VIREO_DRIVERS", drivers.toString());
        Process process = vireo.start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.contains("cpu_time"), said);
    }

    @Test
    void aDriverOfOneOperationIsSmall() throws IOException {
        long lines = 0;
        for (String part : List.of("ToyDriver", "ToySession")) {
            lines += Files.readAllLines(project.resolve("src/main/java/org/example/toy/" + part + ".java")).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.matches("(import|package) .*|/\\*\\*.*\\*/"))
                    .count();
        }
        assertTrue(lines <= 60, "it has " + lines + " lines");
    }
}
