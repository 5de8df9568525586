package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is said of the licences of the libraries that are passed on. */
class LicencesIT {
    private static final String INSTALLED = "usr/share/vireo/lib/";

    private static List<Path> libraries() throws IOException {
        return BuiltJars.paths().stream()
                .map(Path::of)
                .filter(jar -> !jar.getFileName().toString().startsWith("vireo-"))
                .toList();
    }

    private static List<PathMatcher> named() throws IOException {
        String copyright = Files.readString(Repository.root().resolve("deploy/debian/copyright"));
        return copyright
                .replaceAll("\n +" + INSTALLED, " " + INSTALLED)
                .lines()
                .filter(line -> line.startsWith("Files: " + INSTALLED))
                .flatMap(line -> List.of(line.substring("Files: ".length()).split(" ", -1)).stream())
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
    }

    private static boolean hasItsOwn(Path jar) throws IOException {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            return file.stream().anyMatch(entry -> entry.getName().matches("META-INF/(.*/)?LICENSE[^/]*"));
        }
    }

    @Test
    void eachLibraryIsNamedWithItsLicenceOrBringsIt() throws IOException {
        List<PathMatcher> named = named();
        List<Path> libraries = libraries();
        assertTrue(libraries.size() > 20, libraries::toString);
        for (Path jar : libraries) {
            Path installed = Path.of(INSTALLED).resolve(jar.getFileName());
            boolean isNamed = named.stream().anyMatch(files -> files.matches(installed));
            assertTrue(isNamed || hasItsOwn(jar), () -> "deploy/debian/copyright does not name " + installed);
        }
    }

    @Test
    void noLicenceIsNamedForALibraryThatIsNotThere() throws IOException {
        List<Path> installed = libraries().stream()
                .map(jar -> Path.of(INSTALLED).resolve(jar.getFileName()))
                .toList();
        List<PathMatcher> without = named().stream()
                .filter(files -> installed.stream().noneMatch(files::matches))
                .toList();
        assertEquals(List.of(), without);
    }
}
