package dev.vireo.it;

import static dev.vireo.it.VireoCommand.vireo;
import static dev.vireo.it.VireoCommand.vireoWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers that a user puts beside the command, or in a directory that he names. */
class DropInDriversIT {
    private static final Path DRIVER =
            Repository.root().resolve("api/src/test/frozen/level-1/frozen-driver-level-1.jar");

    @TempDir
    private Path directory;

    @TempDir
    private Path work;

    @BeforeAll
    static void theCommandIsBuilt() {
        vireo("--version");
    }

    private CommandRun named(String... arguments) {
        return vireoWith(Map.of("VIREO_DRIVERS", directory.toString()), arguments);
    }

    @Test
    void aJarInANamedDirectoryIsADriverLikeTheOthers() throws IOException {
        Files.copy(DRIVER, directory.resolve("frozen.jar"));
        CommandRun shown = named("drivers").requireSuccess();
        assertTrue(shown.out().contains("\nfrozen\n  schemes: frozen\n"), shown::toString);
        assertTrue(shown.out().contains("frozen.jar"), shown::toString);
        assertTrue(shown.out().contains("test"), "the command's own drivers are there, too");
        String read = named("-c", "frozen:///", "cpu-stats", "ice", "--total")
                .requireSuccess()
                .out();
        assertTrue(read.contains("cpu_time             3.000000000 seconds"), read);
    }

    @Test
    void aFolderOfJarsIsOneDriver() throws IOException {
        Files.copy(DRIVER, Files.createDirectory(directory.resolve("ice")).resolve("frozen.jar"));
        assertEquals(0, named("-c", "frozen:///", "list").exitCode());
    }

    @Test
    void aJarInDriversBesideTheCommandIsFoundUnasked() throws IOException {
        Path drivers = Files.createDirectory(directory.resolve("drivers"));
        Files.copy(DRIVER, drivers.resolve("frozen.jar"));
        CommandRun run = vireoWith(Map.of("VIREO_JAVA_OPTS", "-Dvireo.home=" + directory), "-c", "frozen:///", "list");
        assertTrue(run.requireSuccess().out().contains("ice"), run::toString);
    }

    @Test
    void whatIsNoDriverIsShownWithItsFileAndReasonAndHarmsNothing() throws IOException {
        Files.writeString(directory.resolve("torn.jar"), "no jar at all");
        Files.writeString(directory.resolve("notes.txt"), "no jar");
        Files.createDirectory(directory.resolve("empty"));
        Files.createSymbolicLink(directory.resolve("gone.jar"), directory.resolve("nowhere"));
        Files.copy(DRIVER, directory.resolve("whole.jar"));
        CommandRun shown = named("drivers").requireSuccess();
        for (String file : new String[] {"torn.jar", "notes.txt", "empty", "gone.jar"}) {
            assertTrue(shown.out().contains("location: " + directory.resolve(file)), () -> file + " in " + shown);
        }
        assertEquals(4, shown.out().split("not usable: ", -1).length - 1, shown::toString);
        assertEquals(0, named("-c", "frozen:///", "list").exitCode());
        assertEquals(0, named("-c", "test:///default", "list").exitCode());
    }

    @Test
    void aNamedDirectoryThatIsNotThereIsSaidToBeSo() {
        CommandRun shown = vireoWith(Map.of("VIREO_DRIVERS", "/no/such/directory"), "drivers");
        assertTrue(shown.requireSuccess().out().contains("/no/such/directory"), shown::toString);
        assertTrue(shown.out().contains("not usable: the directory cannot be read"), shown::toString);
    }

    @Test
    void aDirectoryThatIsNamedTwiceIsReadOnce() throws IOException {
        Path spaced = Files.createDirectory(directory.resolve("drivers")).resolve("my drivers");
        Files.copy(DRIVER, Files.createDirectory(spaced).resolve("frozen.jar"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), spaced);
        String often = spaced + ":" + spaced + "/:" + spaced + "/.:" + link;
        CommandRun run = vireoWith(Map.of("VIREO_DRIVERS", often), "-c", "frozen:///", "drivers");
        assertTrue(run.requireSuccess().out().contains("location: " + spaced.resolve("frozen.jar")), run::toString);
    }

    @Test
    void theDirectoryBesideTheCommandMayBeNamedAsWell() throws IOException {
        Path drivers = Files.createDirectory(directory.resolve("drivers"));
        Files.copy(DRIVER, drivers.resolve("frozen.jar"));
        Map<String, String> twice =
                Map.of("VIREO_JAVA_OPTS", "-Dvireo.home=" + directory, "VIREO_DRIVERS", drivers + "/");
        assertEquals(0, vireoWith(twice, "-c", "frozen:///", "list").exitCode());
    }

    private static Path builtDriver() throws IOException {
        return BuiltJars.paths().stream()
                .map(Path::of)
                .filter(jar -> jar.getFileName().toString().startsWith("vireo-driver-test-"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDriverThatTheCommandHasAlreadyIsSaidToBeSo() throws IOException {
        Path own = directory.resolve("own.jar");
        Files.copy(builtDriver(), own);
        CommandRun shown = named("drivers").requireSuccess();
        assertTrue(shown.out().contains("location: " + own), shown::toString);
        assertTrue(shown.out().contains("TestDriver is the application's already, from "), shown::toString);
        assertEquals(0, named("-c", "test:///default", "list").exitCode());
    }

    @Test
    void aDriverThatThrowsErrorsIsShownWithItsFileAndReasonAndHarmsNothing() throws IOException {
        Path recursing = ForeignDriver.jar("Recursing", "public String name() { return name(); }", directory, work);
        Path failing = ForeignDriver.jar(
                "Failing", "public int level() { throw new AssertionError(\"no level\"); }", directory, work);
        ForeignDriver.jar(
                "Probing",
                "public Optional<ConnectionUri> probe() { throw new AssertionError(\"no host\"); }",
                directory,
                work);
        CommandRun shown = named("drivers").requireSuccess();
        assertTrue(shown.out().contains("location: " + recursing), shown::toString);
        assertTrue(shown.out().contains("StackOverflowError"), shown::toString);
        assertTrue(shown.out().contains("location: " + failing), shown::toString);
        assertTrue(shown.out().contains("no level"), shown::toString);
        assertEquals(0, named("-c", "test:///default", "list").exitCode());
        CommandRun probed = named("list");
        assertFalse(probed.err().contains("\tat "), probed::toString);
    }

    @Test
    void twoDriversOfOneSchemeAreAnErrorOnlyWhereThatSchemeIsOpened() throws IOException {
        Files.copy(DRIVER, directory.resolve("one.jar"));
        Files.copy(DRIVER, directory.resolve("other.jar"));
        assertEquals(0, named("-c", "test:///default", "list").exitCode());
        CommandRun refused = named("-c", "frozen:///", "list");
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("one.jar") && refused.err().contains("other.jar"), refused::toString);
    }

    @Test
    void withoutAnyNothingChanges() {
        assertFalse(vireo("drivers").requireSuccess().out().contains("frozen"));
    }
}
