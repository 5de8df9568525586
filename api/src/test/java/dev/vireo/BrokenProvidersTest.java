package dev.vireo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.spi.DriverTable;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that are broken in each way that ServiceLoader knows, beside a good one that must not suffer. */
class BrokenProvidersTest {
    @TempDir
    Path directory;

    /** What all test providers share. */
    abstract static class Provider implements HypervisorDriver {
        @Override
        public String name() {
            // not getSimpleName(), which looks for the enclosing class: the jars do not have it
            return getClass().getName().replaceFirst(".*\\$", "");
        }

        @Override
        public Set<String> uriSchemes() {
            return Set.of(name().toLowerCase(java.util.Locale.ROOT));
        }

        @Override
        public int level() {
            return LEVEL;
        }

        @Override
        public Set<Operation> operations() {
            return Set.of();
        }

        @Override
        public Optional<ConnectionUri> probe() {
            return Optional.empty();
        }

        @Override
        public OpenResult open(ConnectionUri uri, OpenOptions options) {
            return OpenResult.opened(new FakeDriver("x", DriverTable.builder().build()).session());
        }
    }

    /** A provider that works. */
    public static final class Good extends Provider {}

    /** A provider whose class cannot be initialised. */
    public static final class FailingInitialiser extends Provider {
        static final Object NEVER = fail();

        private static Object fail() {
            throw new IllegalStateException("no initialisation");
        }
    }

    /** A provider whose constructor fails. */
    public static final class FailingConstructor extends Provider {
        /** Fails. */
        public FailingConstructor() {
            throw new IllegalStateException("no construction");
        }
    }

    /** A provider that cannot say who it is. */
    public static final class Nameless extends Provider {
        @Override
        public String name() {
            throw new NoClassDefFoundError("com/example/Native");
        }
    }

    /** A provider whose superclass will be missing. */
    public static final class Orphan extends MissingParent {}

    /** Left out of the jars. */
    public static class MissingParent extends Provider {}

    private static List<InstalledDriver> installedWith(URLClassLoader loader) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return Drivers.installed().list();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Path jar(String name, List<String> services, Class<?>... classes) throws IOException {
        Path jar = directory.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("META-INF/services/" + HypervisorDriver.class.getName()));
            out.write(String.join("\n", services).getBytes(StandardCharsets.UTF_8));
            for (Class<?> type : classes) {
                String entry = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(entry));
                out.write(bytes(entry));
            }
        }
        return jar;
    }

    private static byte[] bytes(String resource) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = BrokenProvidersTest.class.getClassLoader().getResourceAsStream(resource)) {
            in.transferTo(bytes);
        }
        return bytes.toByteArray();
    }

    private static List<String> namesOf(List<InstalledDriver> drivers) {
        return drivers.stream()
                .filter(driver -> driver.problem().isEmpty())
                .map(InstalledDriver::name)
                .toList();
    }

    private static String problemsOf(List<InstalledDriver> drivers) {
        return drivers.stream()
                .flatMap(driver -> driver.problem().stream())
                .toList()
                .toString();
    }

    @Test
    void brokenProvidersOnTheClassPathHarmNobodyAndSayWhy() throws Exception {
        Path services = directory.resolve("META-INF/services/" + HypervisorDriver.class.getName());
        Files.createDirectories(services.getParent());
        Files.write(
                services,
                List.of(
                        "com.example.NotThere",
                        FailingInitialiser.class.getName(),
                        FailingConstructor.class.getName(),
                        Failures.class.getName(),
                        Nameless.class.getName(),
                        Good.class.getName()));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, BrokenProvidersTest.class.getClassLoader())) {
            List<InstalledDriver> found = installedWith(loader);
            assertEquals(List.of("Good"), namesOf(found));
            String problems = problemsOf(found);
            assertTrue(problems.contains("com.example.NotThere"), problems);
            assertTrue(problems.contains("no initialisation"), problems);
            assertTrue(problems.contains("no construction"), problems);
            assertTrue(problems.contains("not a subtype"), problems);
            assertTrue(problems.contains("com/example/Native"), problems);
        }
    }

    @Test
    void aProviderWhoseSuperclassIsMissingHarmsNobody() throws Exception {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        // a parent that cannot see the test's classes, so that what the jar lacks is missing
        Path jar = jar(
                "orphan.jar",
                List.of(Orphan.class.getName(), Good.class.getName()),
                Orphan.class,
                Good.class,
                Provider.class);
        ClassLoader onlyApi = new FilteringLoader(BrokenProvidersTest.class.getClassLoader());
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {jar.toUri().toURL(), classes.toUri().toURL()}, onlyApi)) {
            List<InstalledDriver> found = installedWith(loader);
            assertEquals(List.of("Good"), namesOf(found));
            assertTrue(problemsOf(found).contains("MissingParent"), problemsOf(found));
        }
    }

    @Test
    void aDirectoryYieldsTheDriversOfItsJarsAndTheReasonsOfTheRest() throws Exception {
        jar("good.jar", List.of(CopyOfGood.class.getName()), CopyOfGood.class);
        Files.writeString(directory.resolve("notes.txt"), "no jar");
        Files.writeString(directory.resolve("torn.jar"), "not really a jar");
        List<InstalledDriver> found = Drivers.none().withDirectory(directory).list();
        // the test's own class path has the same class, so the jar's loader finds its parent's: no driver of its own
        String reason = "its " + CopyOfGood.class.getName() + " is the application's already, from "
                + Path.of("target", "test-classes").toAbsolutePath();
        assertEquals(3, found.size(), found.toString());
        assertTrue(
                problemsOf(found).contains("it is not a jar (a file named *.jar) and not a folder of jars"),
                problemsOf(found));
        assertTrue(problemsOf(found).contains(reason), problemsOf(found));
    }

    @Test
    void aDirectoryThatIsNotThereIsListedAsSuch() {
        List<InstalledDriver> found =
                Drivers.none().withDirectory(directory.resolve("none")).list();
        assertTrue(problemsOf(found).contains("cannot be read"), problemsOf(found));
    }

    @Test
    void theApplicationsOwnProvidersAreNotMadeAgainForAJar() throws Exception {
        jar("good.jar", List.of(CopyOfGood.class.getName()), CopyOfGood.class);
        int before = CopyOfGood.made;
        Drivers.none().withDirectory(directory);
        assertEquals(before, CopyOfGood.made);
    }

    /** A driver that a jar holds, too. */
    public static final class CopyOfGood extends Provider {
        static int made;

        /** Counts. */
        public CopyOfGood() {
            made++;
        }
    }

    /** Shows the api and hides the test's classes. */
    private static final class FilteringLoader extends ClassLoader {
        FilteringLoader(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.contains("BrokenProvidersTest")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
