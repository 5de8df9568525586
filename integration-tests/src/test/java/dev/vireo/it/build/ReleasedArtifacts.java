package dev.vireo.it.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Puts what this build has made into a Maven repository, as an installation does, for builds of others that depend on it. */
final class ReleasedArtifacts {
    private static final Path ROOT = Path.of(System.getProperty("vireo.root"));
    private static final List<String> MODULES = List.of("api", "driver-tck", "driver-archetype");

    private ReleasedArtifacts() {}

    static String version() throws IOException {
        String api = jar("api").getFileName().toString();
        return api.substring("vireo-api-".length(), api.length() - ".jar".length());
    }

    static void install(Path repository) throws IOException {
        String version = version();
        put(ROOT.resolve("pom.xml"), repository, "vireo-parent", version, "pom");
        for (String module : MODULES) {
            put(ROOT.resolve(module).resolve("pom.xml"), repository, "vireo-" + module, version, "pom");
            put(jar(module), repository, "vireo-" + module, version, "jar");
        }
    }

    private static void put(Path file, Path repository, String artifact, String version, String type)
            throws IOException {
        Path directory = Files.createDirectories(
                repository.resolve("dev/vireo").resolve(artifact).resolve(version));
        Files.copy(file, directory.resolve(artifact + "-" + version + "." + type));
    }

    private static Path jar(String module) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(module).resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("vireo-" + module + "-[0-9].*\\.jar"))
                    .filter(file -> !file.toString().matches(".*-(sources|javadoc|tests)\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(module + " has not been packaged"));
        }
    }
}
