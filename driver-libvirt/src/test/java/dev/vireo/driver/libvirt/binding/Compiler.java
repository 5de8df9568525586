package dev.vireo.driver.libvirt.binding;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compiles the tests' own C, and runs what comes of it. */
public final class Compiler {
    private static final Path SOURCES = Path.of("src/test/c").toAbsolutePath();

    private Compiler() {}

    /**
     * Compiles one of the sources; without a compiler the test is aborted, and {@code ./verify} lists the reason.
     *
     * @param source its name
     * @param target what comes of it
     * @param options for the compiler
     * @return the target
     */
    public static Path compile(String source, Path target, String... options) throws IOException {
        assumeTrue(hasCompiler(), "NOT TESTED: no 'cc' on the PATH; on Debian and Ubuntu install gcc and libc6-dev");
        Files.createDirectories(target.getParent());
        List<String> command = new ArrayList<>(List.of("cc", "-o", target.toString()));
        command.addAll(List.of(options));
        command.add(SOURCES.resolve(source).toString());
        run(command);
        return target;
    }

    /**
     * Runs a program to its end.
     *
     * @param command the program and its arguments
     * @return what it printed, errors included
     */
    public static List<String> run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            List<String> lines = process.inputReader().lines().toList();
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new AssertionError(command + " ended with " + exitCode + ": " + lines);
            }
            return lines;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean hasCompiler() {
        for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(directory, "cc"))) {
                return true;
            }
        }
        return false;
    }
}
