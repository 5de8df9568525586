package dev.vireo.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Measures what libvirt's calls take from C, over the same socket. */
final class LibvirtCalls {
    private final Path program;
    private final String uri;
    private final String domain;

    /**
     * Compiles the program.
     *
     * @param uri which daemon is called
     * @param domain the domain that calls about one are about
     */
    LibvirtCalls(CPrograms programs, String uri, String domain) throws IOException {
        program = programs.compileLoader("libvirt-calls.c", "libvirt-calls");
        this.uri = uri;
        this.domain = domain;
    }

    /** Returns the nanoseconds of one operation, in the words of {@code libvirt-calls.c}. */
    double measure(String operation) throws IOException {
        return run(List.of(program.toString(), uri, operation, domain));
    }

    /** The same in a process that runs libvirt's own event loop and listens for events. */
    double measureWithEvents(String operation) throws IOException {
        return run(List.of(program.toString(), uri, operation, domain, "events"));
    }

    private static double run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = process.inputReader().readLine();
        if (CPrograms.exitCode(process) != 0 || answer == null) {
            throw new IOException("libvirt's calls could not be measured from C");
        }
        return Double.parseDouble(answer);
    }
}
