package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand guests, one batch after the other, seen through one connection. */
class ComingAndGoingGuestsIT {
    private static final int BATCHES = 20;
    private static final int GUESTS = 500;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void eachBulkReadTellsOfThoseThatRunAndNothingOfThemStaysOpen() throws IOException {
        try (Connection connection = scene.connect()) {
            comeAndGo(connection);
            int before = othersThanKernelFiles();
            for (int batch = 0; batch < BATCHES; batch++) {
                comeAndGo(connection);
            }
            assertEquals(before, othersThanKernelFiles());
        }
        assertEquals(List.of(), OpenDescriptors.kernelFiles());
    }

    /** Returns how many descriptors there are that have nothing to do with guests: others' may be on this host, too. */
    private static int othersThanKernelFiles() throws IOException {
        return OpenDescriptors.all().size() - OpenDescriptors.kernelFiles().size();
    }

    private void comeAndGo(Connection connection) throws IOException {
        String prefix = UniqueNames.next();
        Set<String> directories = new HashSet<>();
        try (Lookalikes guests = Lookalikes.start(scene.program("lookalike"), prefix, GUESTS)) {
            guests.pids().values().forEach(pid -> directories.add("/proc/" + pid));
            // one whose command line is slow in coming is called after its pid until it has come
            Await.until(
                    "all are told",
                    LIMIT,
                    () -> Sweep.of(connection)
                            .names(prefix + "-")
                            .equals(guests.pids().keySet()));
            assertTrue(openBelow(directories) > 0);
        }
        assertEquals(Set.of(), Sweep.of(connection).names(prefix + "-"));
        assertEquals(0, openBelow(directories));
    }

    private static long openBelow(Set<String> directories) throws IOException {
        return OpenDescriptors.kernelFiles().stream()
                .filter(file -> directories.contains(file.replaceFirst("^(/proc/\\d+)/.*", "$1")))
                .count();
    }
}
