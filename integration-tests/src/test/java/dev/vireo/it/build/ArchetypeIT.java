package dev.vireo.it.build;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.it.CommandRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of docs/writing-a-driver.md: a new driver's project keeps the contract at once, and its jar drops in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchetypeIT {
    private static final Path ROOT = Path.of(System.getProperty("vireo.root"));
    private static final Path GUIDE = ROOT.resolve("docs/writing-a-driver.md");

    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Path work = ROOT;
    private Path project = ROOT;
    private CommandRun typed = new CommandRun(List.of(), -1, "", "");

    @BeforeAll
    void typeWhatTheGuideSays(@TempDir Path directory) throws IOException {
        work = directory;
        project = directory.resolve("driver-toy");
        FileTree.copy(ROOT.resolve("mvnw"), directory.resolve("mvnw"));
        FileTree.copy(ROOT.resolve(".mvn"), directory.resolve(".mvn"));
        ReleasedArtifacts.install(directory.resolve("repository"));
        Path programs = Files.createDirectory(directory.resolve("programs"));
        program(programs.resolve("mvn"), "\"" + directory.resolve("mvnw") + "\" " + mavenOptions());
        program(programs.resolve("vireo"), "\"" + ROOT.resolve("vireo") + "\"");
        typed = shell(commandsOfTheGuide());
    }

    private String mavenOptions() {
        return "--batch-mode '-Dmaven.repo.local=" + work.resolve("repository") + "' '-Dmaven.repo.local.tail="
                + System.getProperty("vireo.maven.repository") + "' -Dmaven.repo.local.tail.ignoreAvailability=true";
    }

    private static void program(Path file, String command) throws IOException {
        // the variables are meant for the build that runs this test
        Files.writeString(
                file, "#!/bin/sh\nunset MAVEN_ARGS MAVEN_BASEDIR MAVEN_PROJECTBASEDIR\nexec " + command + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String commandsOfTheGuide() throws IOException {
        // blocks in no language are what a reader types
        String commands = BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .filter(block -> block.group(1).isEmpty())
                .map(block -> block.group(2))
                .collect(Collectors.joining());
        return commands.replace("VERSION", ReleasedArtifacts.version());
    }

    /** Types commands in the directory; the shell stops at the first one that fails, and writes each before its output. */
    private CommandRun shell(String commands) {
        Map<String, String> environment = Map.of(
                "PATH", work.resolve("programs") + File.pathSeparator + System.getenv("PATH"),
                "JAVA_HOME", System.getProperty("java.home"),
                "LC_ALL", "C.UTF-8",
                "VIREO_DEFAULT_URI", "",
                "VIREO_DRIVERS", "");
        String script = "exec 2>&1\nset -ex\ncd '" + work + "'\n" + commands;
        return CommandRun.of(LIMIT, environment, List.of("sh", "-c", script));
    }

    @Test
    void everyCommandOfTheGuideSucceeds() throws IOException {
        typed.requireSuccess();
        assertTrue(commandsOfTheGuide().contains("\nvireo "), "the guide does not use what it makes");
    }

    @Test
    void oneCommandMakesAProject() {
        assertTrue(Files.exists(project.resolve("src/main/java/org/example/toy/ToyDriver.java")), typed::toString);
        assertTrue(Files.exists(project.resolve("README.md")), typed::toString);
    }

    @Test
    void itKeepsTheContractAtOnce() {
        assertTrue(
                typed.out().matches("(?s).*Tests run: [4-9]\\d, Failures: 0, Errors: 0, Skipped: 0.*"),
                typed::toString);
    }

    @Test
    void itsJarDropsIn() {
        Path jar = project.resolve("drivers/driver-toy-1.0.jar");
        assertTrue(typed.out().contains("\ntoy\n  schemes: toy\n  location: " + jar), typed::toString);
        String read = typed.out().substring(typed.out().lastIndexOf("+ vireo -c toy:///"));
        assertTrue(read.contains("cpu_time"), typed::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hypervisor", "Driver"})
    void classesMayBeNamedAsTheInterfacesThatTheyImplement(String driver) throws IOException {
        String command = commandsOfTheGuide().replaceFirst("(?s)\\ncd driver-toy.*", "\n");
        String other = "driver-" + driver;
        shell(command.replace("-Ddriver=Toy", "-Ddriver=" + driver).replace("driver-toy", other) + "mvn --file " + other
                        + " test-compile\n")
                .requireSuccess();
        String type = driver + "Driver.class";
        assertTrue(
                Files.exists(work.resolve(other)
                        .resolve("target/classes/org/example/toy")
                        .resolve(type)),
                type);
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
