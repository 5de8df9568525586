package dev.vireo.examples.uml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What guests are made of, built once: the program that starts one, and the initial file system with the program that runs
 * in it. What is missing for it fails the tests, with what to install.
 *
 * @param start the starter
 * @param initrd the file system
 */
record GuestPrograms(Path start, Path initrd) {
    private static final Path SOURCES = Path.of("src/test/c");

    static GuestPrograms build(Path directory) throws IOException, InterruptedException {
        require("linux.uml", "user-mode-linux");
        require("cc", "build-essential");
        require("cpio", "cpio");
        Path start = directory.resolve("start");
        Path initrd = directory.resolve("initrd");
        run(directory, "cc", "-O1", "-o", start.toString(), source("start.c"));
        run(directory, "cc", "-O1", "-static", "-o", directory.resolve("init").toString(), source("init.c"));
        run(directory, "sh", "-c", "echo init | cpio --quiet -o -H newc > '" + initrd + "'");
        return new GuestPrograms(start, initrd);
    }

    private static String source(String name) {
        return SOURCES.resolve(name).toAbsolutePath().toString();
    }

    private static void require(String program, String debianPackage) {
        boolean isThere = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        if (!isThere) {
            throw new AssertionError("these tests run real guests, and there is no '" + program
                    + "' on the PATH; on Debian and Ubuntu: apt-get install " + debianPackage);
        }
    }

    private static void run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError(List.of(command) + " failed: " + said);
        }
    }
}
