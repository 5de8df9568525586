package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A bpffs of a test's own. Closing it unmounts it, and with it goes all that was pinned there.
 *
 * @param directory where it is mounted
 */
record BpfFileSystem(Path directory) implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    static BpfFileSystem mount() throws IOException {
        Path directory = Files.createTempDirectory("vireo-it-bpf-");
        run("mount", "-t", "bpf", "bpf", directory.toString());
        return new BpfFileSystem(directory);
    }

    private static void run(String... command) {
        CommandRun.of(LIMIT, Stream.of(command).toList()).requireSuccess();
    }

    @Override
    public void close() throws IOException {
        run("umount", directory.toString());
        Files.delete(directory);
    }
}
