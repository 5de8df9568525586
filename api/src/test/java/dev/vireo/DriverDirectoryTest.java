package dev.vireo;

import static dev.vireo.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.spi.DriverTable;
import dev.vireo.spi.HypervisorDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void hiddenFilesAreNobodysDrivers() throws IOException {
        Files.writeString(directory.resolve(".DS_Store"), "left by a file manager");
        Path folder = Files.createDirectory(directory.resolve("folder"));
        Files.writeString(folder.resolve("._whole.jar"), "left by a file manager");
        DriverSource.named("Whole").intoJar(folder.resolve("whole.jar"));
        assertEquals(1, drivers().list().size(), drivers().list()::toString);
        assertNoHarmBeside("Whole");
    }

    @Test
    void aJarMayBeNamedInCapitals() throws IOException {
        DriverSource.named("Whole").intoJar(directory.resolve("WHOLE.JAR"));
        assertNoHarmBeside("Whole");
    }

    @Test
    void pathsAreShownAsTheyAre() throws IOException {
        Path spaced = Files.createDirectory(directory.resolve("my dr%20ivers"));
        DriverSource.named("Whole").intoJar(spaced.resolve("whole.jar"));
        assertEquals(
                spaced.resolve("whole.jar").toString(), drivers().list().get(0).location());
    }

    @Test
    void whatNamesNoDriverSaysSo() throws IOException {
        DriverSource.named("Whole").naming("# nobody").intoJar(directory.resolve("unnamed.jar"));
        DriverSource.named("Whole").naming("foreign.Whale").intoJar(directory.resolve("misnamed.jar"));
        DriverSource.named("Whole")
                .naming("foreign.Whole$Other")
                .having("public static class Other {}")
                .intoJar(directory.resolve("other.jar"));
        assertEquals(
                "no driver is named in its META-INF/services/dev.vireo.spi.HypervisorDriver", problemOf("unnamed.jar"));
        assertEquals(
                "its META-INF/services/dev.vireo.spi.HypervisorDriver names foreign.Whale, and there is no such class",
                problemOf("misnamed.jar"));
        assertEquals(
                "its foreign.Whole$Other does not implement dev.vireo.spi.HypervisorDriver", problemOf("other.jar"));
        assertNoHarm();
    }

    @Test
    void aNameMayStandBesideACommentAndTwice() throws IOException {
        DriverSource.named("Whole")
                .naming("# ours\n\n  foreign.Whole # the only one\nforeign.Whole\n")
                .intoJar(directory.resolve("whole.jar"));
        assertEquals(1, drivers().list().size(), drivers().list()::toString);
        assertNoHarmBeside("Whole");
    }

    @Test
    void aDriverWithoutAPublicConstructorIsListedAsSuch() throws IOException {
        DriverSource.named("Closed").having("private Closed() {}").intoJar(directory.resolve("closed.jar"));
        assertEquals(
                "its foreign.Closed is not a public class with a public constructor without parameters",
                problemOf("closed.jar"));
        assertNoHarm();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Broken() { fail(); }",
                "String name() { return fail(); }",
                "Set<String> uriSchemes() { return fail(); }",
                "int level() { return fail(); }",
                "Set<Operation> operations() { return fail(); }",
                "int priority() { return fail(); }"
            })
    void anErrorOfAnyKindIsListedByFileAndReason(String method) throws IOException {
        Map<String, String> errors = Map.of(
                "throw new AssertionError(\"no table yet\");", "no table yet",
                "return fail();", "java.lang.StackOverflowError",
                "throw new Error(\"of my own\");", "of my own",
                "throw new ExceptionInInitializerError(\"no start\");", "no start");
        for (Map.Entry<String, String> error : errors.entrySet()) {
            DriverSource.named("Broken")
                    .having("public " + method)
                    .having("static <T> T fail() { " + error.getKey() + " }")
                    .intoJar(directory.resolve("broken.jar"));
            assertTrue(problemOf("broken.jar").contains(error.getValue()), problemOf("broken.jar"));
            assertNoHarm();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw new AssertionError(\"no host\");", "return probe();"})
    void anErrorOfALookAroundHarmsNobody(String body) throws IOException {
        DriverSource.named("Broken")
                .having("public Optional<ConnectionUri> probe() { " + body + " }")
                .intoJar(directory.resolve("broken.jar"));
        FakeDriver good = new FakeDriver("good", DriverTable.builder().build()).here();
        try (Connection connection = drivers().with(good).openDefault(null, OpenOptions.defaults())) {
            assertEquals("good", connection.driverName());
        }
        HypervisorException alone =
                assertFails(ErrorCode.NO_CONNECT, () -> drivers().openDefault(null, OpenOptions.defaults()));
        assertTrue(alone.getMessage().contains("Broken [foreign]: broken: java.lang."), alone::getMessage);
    }

    @Test
    void anErrorWhileItOpensNamesTheDriver() throws IOException {
        DriverSource.named("Broken")
                .having(
                        "public OpenResult open(ConnectionUri uri, OpenOptions options) { throw new AssertionError(\"torn\"); }")
                .intoJar(directory.resolve("broken.jar"));
        HypervisorException failed =
                assertFails(ErrorCode.INTERNAL_ERROR, () -> drivers().open("foreign:///"));
        assertTrue(failed.getMessage().contains("Broken") && failed.getMessage().contains("torn"), failed::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no good", "UP", "1st", "sch\u00e4me"})
    void aSchemeThatNoUriCanHaveIsAProblem(String scheme) throws IOException {
        DriverSource.named("Broken")
                .having("public Set<String> uriSchemes() { return Set.of(\"fine\", \"" + scheme + "\"); }")
                .intoJar(directory.resolve("broken.jar"));
        assertTrue(
                problemOf("broken.jar").startsWith("no URI can have its scheme '" + scheme + "'"),
                problemOf("broken.jar"));
        assertFails(ErrorCode.NO_CONNECT, () -> drivers().open("fine:///"));
        assertNoHarm();
    }

    @Test
    void aBlankNameIsAProblem() throws IOException {
        DriverSource.named("Broken")
                .having("public String name() { return \" \"; }")
                .intoJar(directory.resolve("broken.jar"));
        assertEquals("its name is blank", problemOf("broken.jar"));
        assertEquals("foreign.Broken", drivers().list().get(0).name());
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
