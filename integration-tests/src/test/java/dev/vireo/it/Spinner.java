package dev.vireo.it;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A process that is busy for ever. Closing it kills it and waits for its end. */
final class Spinner implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Process process;

    private Spinner(Process process) {
        this.process = process;
    }

    static Spinner start() throws IOException {
        return new Spinner(new ProcessBuilder(List.of("sh", "-c", "while :; do :; done"))
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    int pid() {
        return Math.toIntExact(process.pid());
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Await.until("the spinner has ended", LIMIT, () -> !process.isAlive());
    }
}
