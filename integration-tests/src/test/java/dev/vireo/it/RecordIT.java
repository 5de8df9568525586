package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static dev.vireo.it.VireoCommand.vireo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.RecordingReader;
import dev.vireo.monitor.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The built command records a real guest, and draws what it recorded. */
class RecordIT {
    private static final String URI = "qemu+cgroup:///system";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    private Path directory;

    @BeforeAll
    static void theCommandIsBuilt() {
        vireo("--version");
    }

    private Path file() {
        return directory.resolve("a.rec");
    }

    private List<Snapshot> recorded() throws IOException {
        List<Snapshot> snapshots = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(file())) {
            for (Snapshot snapshot = reader.next(); snapshot != null; snapshot = reader.next()) {
                snapshots.add(snapshot);
            }
            assertTrue(reader.cut().isEmpty(), () -> reader.cut().toString());
        }
        return snapshots;
    }

    private static DomainSample in(Snapshot snapshot, PlacedGuest guest) {
        return snapshot.find(guest.uuid())
                .orElseThrow(() -> new AssertionError("no " + guest.name() + " in " + snapshot));
    }

    @Test
    void aGuestThatSpinsIsRecordedAsTheKernelTellsAndDrawn() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V1, LibvirtLayout.SYSTEMD);
        KernelTimes before = placed.kernel().read();
        vireo("-c", URI, "record", "-o", file().toString(), "-d", "0.5", "-n", "3")
                .requireSuccess();
        KernelTimes after = placed.kernel().read();
        List<Snapshot> snapshots = recorded();
        assertEquals(3, snapshots.size());
        long last = before.cpuTime();
        for (Snapshot snapshot : snapshots) {
            long total = in(snapshot, placed).totalNanos().value();
            assertBetween("recorded total", last, total, after.cpuTime());
            last = total;
        }
        assertTrue(last > in(snapshots.get(0), placed).totalNanos().value(), "the guest spins");

        Path svg = directory.resolve("a.svg");
        vireo("plot", file().toString(), "-o", svg.toString(), "--domain", placed.name())
                .requireSuccess();
        String drawn = Files.readString(svg);
        assertTrue(drawn.contains("CPU, % of one core") && drawn.contains("steal, % of one core"), drawn);
        assertTrue(drawn.contains("Host CPUs"), drawn);
    }

    @Test
    void askedToEndItEndsWithAWholeRecording() throws IOException, InterruptedException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V1, LibvirtLayout.SYSTEMD);
        Path errors = directory.resolve("errors");
        String command = Repository.root().resolve("vireo").toString();
        Process process = new ProcessBuilder(command, "-c", URI, "record", "-o", file().toString(), "-d", "0.1")
                .redirectError(errors.toFile())
                .start();
        try {
            Await.until(
                    () -> "three snapshots are written; it said " + text(errors),
                    LIMIT,
                    () -> Files.exists(file()) && text(file()).split("\nE ", -1).length > 3);
            process.destroy();
            assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), () -> text(errors));
        } finally {
            process.destroyForcibly();
        }
        assertEquals(143, process.exitValue(), () -> text(errors));
        List<Snapshot> snapshots = recorded();
        assertEquals("vireo: recorded " + snapshots.size() + " snapshots\n", text(errors));
        in(snapshots.get(snapshots.size() - 1), placed);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
