package dev.vireo;

import static dev.vireo.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.spi.HypervisorDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars of drivers in a directory, compiled here as a stranger would. */
class DriverDirectoryTest {
    @TempDir
    private Path work;

    private Path directory;

    @BeforeEach
    void makeTheDirectory() throws IOException {
        directory = Files.createDirectory(work.resolve("drivers"));
    }

    private Drivers drivers() {
        return Drivers.none().withDirectory(directory);
    }

    private String problemOf(String file) {
        List<InstalledDriver> found = drivers().list();
        return found.stream()
                .filter(driver ->
                        driver.location().equals(directory.resolve(file).toString()))
                .flatMap(driver -> driver.problem().stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing of " + file + " in " + found));
    }

    private void assertNoHarm() throws IOException {
        Path whole = directory.resolve("zz-whole.jar");
        DriverSource.named("Whole").intoJar(whole);
        assertEquals(
                List.of("Whole"),
                drivers().list().stream()
                        .filter(driver -> driver.problem().isEmpty())
                        .map(InstalledDriver::name)
                        .toList());
        Files.delete(whole);
    }

    @Test
    void aJarWithADriverIsOpenedByItsScheme() throws IOException {
        DriverSource.named("Whole").intoJar(directory.resolve("whole.jar"));
        InstalledDriver found = drivers().list().get(0);
        assertEquals("Whole", found.name());
        assertEquals(directory.resolve("whole.jar").toString(), found.location());
        HypervisorException declined =
                assertFails(ErrorCode.NO_CONNECT, () -> drivers().open("foreign:///"));
        assertTrue(declined.getMessage().contains("it is foreign"), declined::getMessage);
    }

    @Test
    void aFolderOfJarsIsOneDriverWithItsLibraries() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        Path library = folder.resolve("a-library.jar");
        DriverSource.named("Library")
                .having("public static String text() { return \"from the library\"; }")
                .intoJar(library);
        // the library's jar is a driver's too, here: both are found, in one loader
        DriverSource.named("User")
                .having("static final String TEXT = Library.text();")
                .intoJar(folder.resolve("user.jar"), library);
        assertEquals(
                List.of("Library", "User"),
                drivers().list().stream().map(InstalledDriver::name).toList());
    }

    @Test
    void driversDoNotSeeOneAnothersClasses() throws IOException {
        Path library = directory.resolve("a-library.jar");
        DriverSource.named("Library")
                .having("public static String text() { return \"\"; }")
                .intoJar(library);
        DriverSource.named("User")
                .having("static final String TEXT = Library.text();")
                .intoJar(directory.resolve("user.jar"), library);
        assertTrue(problemOf("user.jar").contains("foreign/Library"), problemOf("user.jar"));
        assertNoHarmBeside("Library");
    }

    private void assertNoHarmBeside(String name) {
        assertTrue(drivers().list().stream()
                .anyMatch(
                        driver -> driver.name().equals(name) && driver.problem().isEmpty()));
    }

    @Test
    void aDriverWhoseInitialiserFailsIsListedByFileAndReason() throws IOException {
        DriverSource.named("Failing")
                .having("static final Object NEVER = fail();")
                .having("static Object fail() { throw new IllegalStateException(\"no libfoo\"); }")
                .intoJar(directory.resolve("failing.jar"));
        assertTrue(problemOf("failing.jar").contains("no libfoo"), problemOf("failing.jar"));
        assertNoHarm();
    }

    @Test
    void aDriverOfALaterLevelIsDeclinedWithBothLevelsEvenIfItNamesWhatIsNotHere() throws IOException {
        DriverSource.named("Later")
                .having("public Set<Operation> operations() { return Set.of(Operation.DOMAIN_BE_LATER); }")
                .intoJar(directory.resolve("later.jar"), laterLibrary());
        assertEquals(
                "it is of level 99 of the driver interface, and this vireo-api knows levels 1 to "
                        + HypervisorDriver.LEVEL + "; use a later vireo-api",
                problemOf("later.jar"));
        HypervisorException refused =
                assertFails(ErrorCode.NO_CONNECT, () -> drivers().open("foreign:///"));
        assertTrue(refused.getMessage().contains("level 99"), refused::getMessage);
        assertNoHarm();
    }

    @Test
    void aDriverOfALaterLevelThatCannotEvenBeMadeIsListedWithTheLikelyReason() throws IOException {
        DriverSource.named("Later")
                .having("static final Set<Operation> ALL = Set.of(Operation.DOMAIN_BE_LATER);")
                .intoJar(directory.resolve("later.jar"), laterLibrary());
        String problem = problemOf("later.jar");
        assertTrue(problem.contains("DOMAIN_BE_LATER"), problem);
        assertTrue(
                problem.contains("a later vireo-api than this one, which has level " + HypervisorDriver.LEVEL),
                problem);
        assertNoHarm();
    }

    /** Sources of a library that has one more operation, and level 99. */
    private Path laterLibrary() throws IOException {
        Path later = work.resolve("later");
        Path today = Path.of("src/main/java");
        try (Stream<Path> files = Files.walk(today.resolve("dev"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Path copy = later.resolve(today.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(
                        copy,
                        Files.readString(file)
                                .replaceFirst("int LEVEL = \\d+;", "int LEVEL = 99;")
                                .replaceFirst(
                                        "public enum Operation \\{",
                                        "public enum Operation { DOMAIN_BE_LATER(99, Access.READS, Subject.DOMAIN, null),"));
            }
        }
        return later;
    }

    @Test
    void aFileThatIsNoJarIsListedAsSuch() throws IOException {
        Files.writeString(directory.resolve("torn.jar"), "no jar at all");
        Files.writeString(directory.resolve("notes.txt"), "no jar");
        Files.createDirectory(directory.resolve("empty"));
        Files.createSymbolicLink(directory.resolve("gone.jar"), directory.resolve("nowhere"));
        assertTrue(problemOf("torn.jar").contains("it cannot be read as a jar"), problemOf("torn.jar"));
        assertTrue(problemOf("notes.txt").contains("not a jar"), problemOf("notes.txt"));
        assertTrue(problemOf("empty").contains("without a jar"), problemOf("empty"));
        assertTrue(problemOf("gone.jar").contains("a link to something that is not there"), problemOf("gone.jar"));
        assertNoHarm();
    }

    @Test
    void aJarThatIsNamedInPlaceOfItsDirectoryIsListedAsSuch() throws IOException {
        Path jar = directory.resolve("whole.jar");
        DriverSource.named("Whole").intoJar(jar);
        List<InstalledDriver> found = Drivers.none().withDirectory(jar).list();
        assertEquals(jar.toString(), found.get(0).location());
        assertTrue(found.get(0).problem().orElseThrow().contains("name the one that it lies in"), found::toString);
    }

    @Test
    void aTornJarInAFolderIsListedAndTheRestIsUsed() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        Files.writeString(folder.resolve("torn.jar"), "no jar at all");
        DriverSource.named("Whole").intoJar(folder.resolve("whole.jar"));
        assertTrue(problemOf("folder/torn.jar").contains("it cannot be read as a jar"));
        assertNoHarmBeside("Whole");
    }

    @Test
    void twoDriversOfOneSchemeAreBothListedAndRefusedWhenItIsOpened() throws IOException {
        DriverSource.named("One").intoJar(directory.resolve("one.jar"));
        DriverSource.named("Other").intoJar(directory.resolve("other.jar"));
        assertEquals(2, drivers().list().size());
        HypervisorException refused =
                assertFails(ErrorCode.CONFIG_UNSUPPORTED, () -> drivers().open("foreign:///"));
        assertTrue(
                refused.getMessage().contains("one.jar") && refused.getMessage().contains("other.jar"));
    }
}
