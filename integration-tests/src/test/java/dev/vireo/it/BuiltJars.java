package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The command's own jar and those that the build puts beside it. */
final class BuiltJars {
    private BuiltJars() {}

    static List<String> paths() throws IOException {
        Path target = Repository.root().resolve("cli/target");
        try (Stream<Path> own = Files.list(target);
                Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            return Stream.concat(own, libraries)
                    .map(Path::toString)
                    .filter(jar -> jar.endsWith(".jar") && !jar.matches(".*-(?:sources|javadoc)\\.jar"))
                    .sorted()
                    .toList();
        }
    }
}
