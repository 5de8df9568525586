package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutOfDescriptorsIT {
    @TempDir
    private Path directory;

    @Test
    void aGuestIsNotTakenForEndedWhenDescriptorsRunOutAndIsReadAgainAfterwards() throws IOException {
        SmallHost host = SmallHost.in(directory);
        // the classes come from jars, which are open already: a class in a directory could not be loaded any more
        List<String> classPath = new ArrayList<>(BuiltJars.paths());
        classPath.add(Repository.root()
                .resolve("integration-tests/target/test-classes")
                .toString());
        CommandRun run = CommandRun.of(
                Duration.ofMinutes(1),
                List.of(
                        "sh",
                        "-c",
                        "ulimit -n 128 && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        String.join(File.pathSeparator, classPath),
                        OutOfDescriptors.class.getName(),
                        host.uri()));
        assertEquals(
                List.of("SYSTEM_ERROR", "[cpu_time=5]", "true"),
                run.requireSuccess().out().lines().toList(),
                run::toString);
    }
}
