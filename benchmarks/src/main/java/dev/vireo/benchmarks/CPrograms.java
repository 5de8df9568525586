package dev.vireo.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The C programs, compiled with {@code cc -O2} into a directory that goes when this is closed. */
final class CPrograms implements AutoCloseable {
    private final Path directory;

    CPrograms() throws IOException {
        directory = Files.createTempDirectory("vireo-bench");
    }

    Path directory() {
        return directory;
    }

    /** Compiles a program that needs no libraries at run time, which makes ten thousand of its processes light. */
    Path compile(String source, String name) throws IOException {
        Path code = unpack("c/" + source);
        Path program = directory.resolve(name);
        // not every machine has what static linking needs
        if (run("cc", "-O2", "-static", "-pthread", "-o", program.toString(), code.toString()) != 0
                && run("cc", "-O2", "-pthread", "-o", program.toString(), code.toString()) != 0) {
            throw new IOException("cc cannot compile " + source);
        }
        return program;
    }

    /** Compiles a program that finds a library when it runs. */
    Path compileLoader(String source, String name) throws IOException {
        Path code = unpack("c/" + source);
        Path program = directory.resolve(name);
        if (run("cc", "-O2", "-pthread", "-o", program.toString(), code.toString(), "-ldl") != 0) {
            throw new IOException("cc cannot compile " + source);
        }
        return program;
    }

    /** Copies a source out of the jar. */
    Path unpack(String source) throws IOException {
        Path code = directory.resolve(Path.of(source).getFileName());
        try (InputStream stored = CPrograms.class.getResourceAsStream("/" + source)) {
            if (stored == null) {
                throw new IOException("the source " + source + " is not in the jar");
            }
            Files.copy(stored, code);
        }
        return code;
    }

    /** Tells whether there is a C compiler here. */
    static boolean canCompile() {
        try {
            return run("cc", "--version") == 0;
        } catch (IOException noCompiler) {
            return false;
        }
    }

    private static int run(String... command) throws IOException {
        Process process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return exitCode(process);
    }

    static int exitCode(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a program runs");
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
