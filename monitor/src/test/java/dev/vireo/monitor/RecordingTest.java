package dev.vireo.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what is read. */
class RecordingTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("a.rec");
    }

    static void write(Path file, List<Snapshot> snapshots) throws IOException {
        try (RecordingWriter writer = RecordingWriter.open(file)) {
            for (Snapshot snapshot : snapshots) {
                writer.append(snapshot);
            }
        }
    }

    static List<String> read(Path file) throws IOException {
        List<String> read = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(file)) {
            for (Snapshot snapshot = reader.next(); snapshot != null; snapshot = reader.next()) {
                read.add(InventedSnapshots.describe(snapshot));
            }
            assertTrue(reader.cut().isEmpty(), () -> reader.cut().toString());
        }
        return read;
    }

    static List<String> described(List<Snapshot> snapshots) {
        return snapshots.stream().map(InventedSnapshots::describe).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void whateverASnapshotHoldsIsReadAsItWasWritten(long seed) throws IOException {
        List<Snapshot> snapshots = InventedSnapshots.of(seed, 40);
        write(file(), snapshots);
        assertEquals(described(snapshots), read(file()));
    }

    @Test
    void aRecordingThatIsThereIsContinued() throws IOException {
        List<Snapshot> first = InventedSnapshots.of(1, 5);
        List<Snapshot> second = InventedSnapshots.of(2, 5);
        write(file(), first);
        write(file(), second);
        List<String> all = new ArrayList<>(described(first));
        all.addAll(described(second));
        assertEquals(all, read(file()));
    }

    @Test
    void eachWriterBeginsAPart() throws IOException {
        List<Snapshot> one = List.of(snapshot(1, name -> "a"));
        write(file(), one);
        write(file(), one);
        try (RecordingReader reader = RecordingReader.open(file())) {
            assertEquals(0, reader.part());
            assertTrue(reader.next() != null && reader.part() == 1);
            assertTrue(reader.next() != null && reader.part() == 2);
        }
    }

    /** Otherwise both sides would remember each name that there ever was. */
    @Test
    void aNewPartBeginsWhenMuchWasIntroduced() throws IOException {
        List<Snapshot> snapshots = new ArrayList<>();
        try (RecordingWriter writer = RecordingWriter.open(file(), 10)) {
            for (int i = 0; i < 100; i++) {
                snapshots.add(snapshot(i, number -> "domain " + number));
                writer.append(snapshots.get(i));
            }
        }
        assertEquals(described(snapshots), read(file()));
        long parts = Files.readAllLines(file()).stream()
                .filter(line -> line.startsWith("P "))
                .count();
        assertTrue(parts > 1 && parts < 50, () -> parts + " parts");
    }

    @Test
    void ratesOfWhatWasReadAreThoseOfWhatWasWritten() throws IOException, InterruptedException {
        try (Scene scene = Scene.of("a", "b")) {
            Snapshot earlier = scene.sample();
            Snapshot later = scene.sampleAfter(Duration.ofSeconds(2));
            write(file(), List.of(earlier, later));
            try (RecordingReader reader = RecordingReader.open(file())) {
                Snapshot readEarlier = required(reader.next());
                Snapshot readLater = required(reader.next());
                DomainRates expected = Scene.rates(earlier, later, "a");
                DomainRates rates = Scene.rates(readEarlier, readLater, "a");
                assertEquals(expected.total(), rates.total());
                assertTrue(rates.total().isKnown(), () -> rates.total().toString());
                assertEquals(expected.steal(), rates.steal());
                assertEquals(expected.hostCpu(1), rates.hostCpu(1));
            }
        }
    }

    @Test
    void namesAndReasonsAreIntroducedOnce() throws IOException {
        List<Snapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            snapshots.add(snapshot(i, number -> "the only name"));
        }
        write(file(), snapshots);
        String text = Files.readString(file());
        assertEquals(1, text.split("the only name", -1).length - 1, text);
        assertEquals(1, text.split("no user time here", -1).length - 1, text);
    }

    @Test
    void noTextOfADomainCanBreakALineOrMoveTheCursor() throws IOException {
        write(file(), List.of(snapshot(1, number -> "a\nE 0 00000000\n\u001b[2J\u202e")));
        String text = Files.readString(file());
        assertTrue(text.contains("a\\u000aE 0 00000000\\u000a\\u001b[2J\\u202e\n"), text);
    }

    @Test
    void aSecondWriterIsRefusedUntilTheFirstIsClosed() throws IOException {
        try (RecordingWriter first = RecordingWriter.open(file())) {
            first.append(snapshot(1, number -> "a"));
            RecordingException refused = assertThrows(RecordingException.class, () -> RecordingWriter.open(file()));
            assertTrue(refused.getMessage().contains("is being written"), refused.getMessage());
            first.append(snapshot(2, number -> "a"));
        }
        assertEquals(2, read(file()).size());
        RecordingWriter.open(file()).close();
    }

    @Test
    void aSnapshotCanBeReadAsSoonAsItIsWritten() throws IOException {
        try (RecordingWriter writer = RecordingWriter.open(file())) {
            assertEquals(0, read(file()).size());
            writer.append(snapshot(1, number -> "a"));
            assertEquals(1, read(file()).size());
            assertEquals(Files.size(file()), writer.size());
        }
    }

    @Test
    void theFormatIsTheDocumentedOne() throws IOException {
        DomainRun run = new DomainRun(new UUID(0, 1), 7, "web 1", Instant.EPOCH, 1);
        SnapshotBuilder builder = new SnapshotBuilder();
        for (int second = 1; second <= 2; second++) {
            builder.domain(run, DomainState.RUNNING, second * 1_000_000_000L - 36)
                    .value(Statistic.CPU_TIME, 0, second * 36L)
                    .value(Statistic.HOST_CPU_TIME, 0, second)
                    .value(Statistic.HOST_CPU_TIME, 1, 2L * second)
                    .unavailable(Statistic.CPU_USER, 0, "no file");
            Snapshot snapshot =
                    builder.build(second * 1_000_000_000L, Instant.EPOCH.plusSeconds(second), "test", Reading.of(2));
            write(file(), second == 1 ? List.of(snapshot) : List.of(snapshot, snapshot));
        }
        assertEquals(
                """
                vireo-recording 1
                P test
                S 1970-01-01T00:00:01Z 1000000000 2
                D 00000000-0000-0000-0000-000000000001 7 1 1970-01-01T00:00:00Z web 1
                T no file
                H RUNNING - - - - 0 - - - - 0-1 - CPU_USER:0:0
                =0 0 10 10 1 2
                E 1 a
                P test
                S 1970-01-01T00:00:02Z 2000000000 2
                D 00000000-0000-0000-0000-000000000001 7 1 1970-01-01T00:00:00Z web 1
                T no file
                H RUNNING - - - - 0 - - - - 0-1 - CPU_USER:0:0
                =0 0 10 20 2 4
                E 1 b
                S 1970-01-01T00:00:02Z 0 2
                =0 0 10 0 0 0
                E 1 c
                """.replaceAll("E 1 .", "E 1 x"),
                Files.readString(file()).replaceAll("(?m)^E 1 [0-9a-f]{8}$", "E 1 x"));
    }

    /** A host of one domain, which has run for a while. */
    static Snapshot snapshot(long number, LongFunction<String> name) {
        DomainRun run = new DomainRun(new UUID(1, 1), 1, name.apply(number), Instant.EPOCH, 1);
        return new SnapshotBuilder()
                .domain(run, DomainState.RUNNING, number)
                .value(Statistic.CPU_TIME, 0, 1000 * number)
                .unavailable(Statistic.CPU_USER, 0, "no user time here")
                .build(number, Instant.EPOCH.plusSeconds(number), "test", Reading.of(2));
    }

    private static Snapshot required(Snapshot snapshot) {
        assertFalse(snapshot == null);
        return snapshot;
    }
}
