package dev.vireo.it;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds programs on the PATH. */
final class Programs {
    private Programs() {}

    static Optional<Path> find(String name) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static String get(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException("no program '" + name + "' on the PATH"))
                .toString();
    }
}
