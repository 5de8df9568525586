package dev.vireo.examples.uml;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What guests are made of, built once by {@code ./guest build}. What is missing for it fails the tests, with what to install.
 *
 * @param directory where it lies
 */
record GuestPrograms(Path directory) {
    static final String SCRIPT = "./guest";

    static GuestPrograms build(Path directory) throws IOException, InterruptedException {
        Process build = new ProcessBuilder(SCRIPT, "build", directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (build.waitFor() != 0) {
            throw new AssertionError("these tests run real guests, and cannot build one: " + said);
        }
        return new GuestPrograms(directory);
    }
}
