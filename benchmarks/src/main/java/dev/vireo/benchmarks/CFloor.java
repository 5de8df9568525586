package dev.vireo.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measures what the kernel takes for the reads of an operation, from C. */
final class CFloor {
    private final Path program;
    private final Path directory;

    CFloor(CPrograms programs) throws IOException {
        program = programs.compile("floor.c", "floor");
        directory = programs.directory();
    }

    /** Returns the nanoseconds of one operation that makes these reads. */
    double measure(List<String> reads) throws IOException {
        return measure(reads, "@");
    }

    /** The same in a process that has another thread, as each JVM has: the kernel does more at each read then. */
    double measureBesideAThread(List<String> reads) throws IOException {
        return measure(reads, "+@");
    }

    private double measure(List<String> reads, String how) throws IOException {
        // ten thousand guests' reads are more than a command line holds
        Path list = Files.write(directory.resolve("reads"), reads);
        Process process = new ProcessBuilder(program.toString(), how + list)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = process.inputReader().readLine();
        if (CPrograms.exitCode(process) != 0 || answer == null) {
            throw new IOException("the floor in C could not be measured");
        }
        return Double.parseDouble(answer);
    }
}
