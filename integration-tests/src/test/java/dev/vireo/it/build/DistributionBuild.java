package dev.vireo.it.build;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.it.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code -Pdist} makes of a copy of the sources. */
final class DistributionBuild {
    private static final Set<String> WHOLE = Set.of(".mvn", "build", "deploy", "docs");

    private final Path directory;
    private final MavenRun run;

    private DistributionBuild(Path directory, MavenRun run) {
        this.directory = directory;
        this.run = run;
    }

    /** Builds in {@code root}, with a repository of its own. */
    static DistributionBuild in(Path root, Path own) throws IOException, InterruptedException {
        try (Stream<Path> entries = Files.list(Repository.root())) {
            for (Path entry : entries.toList()) {
                copySources(entry, root.resolve(entry.getFileName()));
            }
        }
        Path main = Path.of(System.getProperty("vireo.maven.repository"));
        MavenRun run = MavenRun.online(root, own, main, "-Dquick", "-Pdist", "-pl", "distribution", "-am", "package");
        Path built = root.resolve(".vireo/build/vireo-distribution");
        assertTrue(Files.isDirectory(built), run::toString);
        return new DistributionBuild(built, run);
    }

    private static void copySources(Path entry, Path to) throws IOException {
        String name = String.valueOf(entry.getFileName());
        if (Files.isRegularFile(entry) || WHOLE.contains(name)) {
            FileTree.copy(entry, to);
        } else if (Files.exists(entry.resolve("pom.xml"))) {
            FileTree.copy(entry.resolve("pom.xml"), to.resolve("pom.xml"));
            if (Files.isDirectory(entry.resolve("src/main"))) {
                FileTree.copy(entry.resolve("src/main"), to.resolve("src/main"));
            }
        }
    }

    Path archive() throws IOException {
        return file(".tar.gz");
    }

    Path debianPackage() throws IOException {
        return file(".deb");
    }

    private Path file(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + ending + " was built:\n" + run));
        }
    }
}
