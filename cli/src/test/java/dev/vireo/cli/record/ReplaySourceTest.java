package dev.vireo.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Reading;
import dev.vireo.monitor.RecordingException;
import dev.vireo.monitor.RecordingWriter;
import dev.vireo.monitor.SnapshotBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplaySourceTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path directory;

    private final List<Long> waits = new ArrayList<>();
    private long now;
    private final PausableTime time = new PausableTime(() -> now, (monitor, nanos) -> {
        waits.add(nanos);
        now += nanos;
    });
    private Path file;

    @BeforeEach
    void record() throws IOException {
        file = directory.resolve("a.rec");
        write(10, 11, 14);
    }

    private void write(long... seconds) throws IOException {
        try (RecordingWriter writer = RecordingWriter.open(file)) {
            for (long second : seconds) {
                writer.append(new SnapshotBuilder().build(second * SECOND, Instant.EPOCH, "test", Reading.of(second)));
            }
        }
    }

    private List<Long> play(double speed) throws IOException, InterruptedException {
        List<Long> played = new ArrayList<>();
        try (ReplaySource source = ReplaySource.open(file, speed, time)) {
            for (var snapshot = source.next(); snapshot != null; snapshot = source.next()) {
                played.add(snapshot.hostCpuCount().value());
            }
            assertNull(source.next());
        }
        return played;
    }

    @Test
    void itWaitsAsLongAsLayBetweenTheSnapshots() throws IOException, InterruptedException {
        assertEquals(List.of(10L, 11L, 14L), play(1));
        assertEquals(List.of(SECOND, 3 * SECOND), waits);
    }

    @Test
    void atAnotherSpeedItWaitsForLess() throws IOException, InterruptedException {
        play(10);
        assertEquals(List.of(SECOND / 10, 3 * SECOND / 10), waits);
    }

    @Test
    void atOnceItWaitsForNothing() throws IOException, InterruptedException {
        assertEquals(3, play(ReplaySource.AT_ONCE).size());
        assertEquals(List.of(), waits);
    }

    @Test
    void aPauseHoldsItBeforeTheNextSnapshotEvenWhereItWaitsForNothing() throws IOException, InterruptedException {
        AtomicReference<ReplaySource> paused = new AtomicReference<>();
        PausableTime held = new PausableTime(() -> 0, (monitor, nanos) -> {
            waits.add(nanos);
            paused.get().pause(false);
        });
        try (ReplaySource source = ReplaySource.open(file, ReplaySource.AT_ONCE, held)) {
            paused.set(source);
            source.next();
            source.pause(true);
            assertNotNull(source.next());
            assertNotNull(source.next());
            assertEquals(List.of(Long.MAX_VALUE), waits);
        }
    }

    @Test
    void whereNobodyRecordedItWaitsForNothing() throws IOException, InterruptedException {
        write(1000, 1002);
        assertEquals(List.of(10L, 11L, 14L, 1000L, 1002L), play(1));
        assertEquals(List.of(SECOND, 3 * SECOND, 2 * SECOND), waits);
    }

    @Test
    void aRecordingThatIsCutIsPlayedUpToThereAndSaysSo() throws IOException, InterruptedException {
        Files.writeString(file, Files.readString(file).replaceAll("E 0 [0-9a-f]+\n$", ""));
        try (ReplaySource source = ReplaySource.open(file, ReplaySource.AT_ONCE)) {
            assertNotNull(source.next());
            assertNotNull(source.next());
            assertNull(source.next());
            assertTrue(
                    source.cut().orElseThrow().contains("is cut in line"),
                    () -> source.cut().toString());
        }
    }

    @Test
    void aDamagedRecordingNamesTheLine() throws IOException, InterruptedException {
        Files.writeString(file, Files.readString(file).replace("S 1970", "S 1971"));
        try (ReplaySource source = ReplaySource.open(file, ReplaySource.AT_ONCE)) {
            UncheckedIOException damaged = assertThrows(UncheckedIOException.class, source::next);
            assertTrue(damaged.getMessage().contains("a.rec, line "), damaged.getMessage());
        }
    }

    @Test
    void whatIsNoRecordingIsRefusedAtOnce() throws IOException {
        Files.writeString(file, "mine\n");
        assertThrows(RecordingException.class, () -> ReplaySource.open(file, 1));
        assertThrows(IllegalArgumentException.class, () -> ReplaySource.open(file, 0));
    }
}
