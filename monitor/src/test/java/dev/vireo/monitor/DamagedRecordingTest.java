package dev.vireo.monitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that are cut, damaged, of another version, or none. */
class DamagedRecordingTest {
    private static final int FIRST_LINE = "vireo-recording 1\n".length();

    @TempDir
    Path directory;

    private Path file;
    private List<Snapshot> snapshots;
    private byte[] whole;
    /** The size of the file after each snapshot. */
    private final List<Long> sizes = new ArrayList<>();

    @BeforeEach
    void record() throws IOException {
        file = directory.resolve("a.rec");
        snapshots = small(1, 2, 3);
        try (RecordingWriter writer = RecordingWriter.open(file)) {
            sizes.add(writer.size());
            for (Snapshot snapshot : snapshots) {
                writer.append(snapshot);
                sizes.add(writer.size());
            }
        }
        whole = Files.readAllBytes(file);
    }

    /** Not many bytes: what is tried is tried for each of them. */
    private static List<Snapshot> small(long... numbers) {
        return LongStream.of(numbers)
                .mapToObj(number -> RecordingTest.snapshot(number, each -> "name\n" + each / 3))
                .toList();
    }

    private int wholeSnapshotsIn(int bytes) {
        return (int) sizes.stream().filter(size -> size <= bytes).count() - 1;
    }

    private void cutTo(int bytes) throws IOException {
        Files.write(file, Arrays.copyOf(whole, bytes));
    }

    @Test
    void cutAtWhateverByteAllWholeSnapshotsAreReadAndTheCutIsTold() throws IOException {
        for (int bytes = FIRST_LINE; bytes <= whole.length; bytes++) {
            cutTo(bytes);
            int expected = wholeSnapshotsIn(bytes);
            try (RecordingReader reader = RecordingReader.open(file)) {
                for (int i = 0; i < expected; i++) {
                    Snapshot read = reader.next();
                    assertEquals(InventedSnapshots.describe(snapshots.get(i)), InventedSnapshots.describe(read));
                }
                assertEquals(null, reader.next());
                boolean isWhole = sizes.contains((long) bytes);
                assertEquals(isWhole, reader.cut().isEmpty(), "cut to " + bytes + ": " + reader.cut());
            }
        }
    }

    @Test
    void theCutIsToldByFileAndLine() throws IOException {
        Files.writeString(file, "vireo-recording 1\nP test\nS 1970-01-01T00:00:00Z 0 2\nD 0000");
        try (RecordingReader reader = RecordingReader.open(file)) {
            assertEquals(null, reader.next());
            assertEquals(
                    file + " is cut in line 4: the snapshot that begins in line 2 is not whole",
                    reader.cut().orElseThrow());
        }
    }

    @Test
    void aRecordingThatIsCutAnywhereIsContinuedAfterItsLastWholeSnapshot() throws IOException {
        List<Snapshot> more = small(9);
        for (int bytes = FIRST_LINE; bytes <= whole.length; bytes++) {
            cutTo(bytes);
            RecordingTest.write(file, more);
            List<String> expected =
                    new ArrayList<>(RecordingTest.described(snapshots.subList(0, wholeSnapshotsIn(bytes))));
            expected.addAll(RecordingTest.described(more));
            assertEquals(expected, RecordingTest.read(file));
        }
    }

    @Test
    void aChangedByteIsAnErrorWithFileAndLineAndNeverAWrongNumber() throws IOException {
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            RecordingException error = assertThrows(RecordingException.class, this::readAll, "changed byte " + at);
            assertTrue(error.getMessage().startsWith(file + ", line " + error.line() + ": "), error.getMessage());
            assertTrue(error.line() > 0, error.getMessage());
        }
    }

    /** Where the very last line is changed, the file may look cut instead of changed: that is told, and is an error here. */
    private void readAll() throws IOException {
        try (RecordingReader reader = RecordingReader.open(file)) {
            for (Snapshot read = reader.next(); read != null; read = reader.next()) {
                assertTrue(RecordingTest.described(snapshots).contains(InventedSnapshots.describe(read)));
            }
            throw new RecordingException(file, 1, reader.cut().orElseThrow());
        }
    }

    @Test
    void anEmptyFileIsNoRecordingButCanBecomeOne() throws IOException {
        Files.write(file, new byte[0]);
        assertRefused("empty");
        RecordingTest.write(file, snapshots);
        assertEquals(RecordingTest.described(snapshots), RecordingTest.read(file));
    }

    @Test
    void anotherFileIsRefusedAndLeftAsItIs() throws IOException {
        for (String text : List.of("uuid,name\n1,2\n", "\u0000\u0001\u0002", "vireo-recor", "x".repeat(100_000))) {
            Files.writeString(file, text);
            assertRefused("line 1: ");
            assertThrows(RecordingException.class, () -> RecordingWriter.open(file));
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), Files.readAllBytes(file));
        }
    }

    @Test
    void aNewerFormatIsRefusedByItsNumber() throws IOException {
        Files.writeString(file, "vireo-recording 2\nX\n");
        assertRefused("has format '2', and this version reads format 1");
        assertThrows(RecordingException.class, () -> RecordingWriter.open(file));
    }

    @Test
    void aDamagedRecordingIsNotContinued() throws IOException {
        whole[sizes.get(1).intValue() - 3] ^= 1;
        Files.write(file, whole);
        RecordingException refused = assertThrows(RecordingException.class, () -> RecordingWriter.open(file));
        assertTrue(refused.getMessage().contains("checksum"), refused.getMessage());
        assertArrayEquals(whole, Files.readAllBytes(file));
    }

    @Test
    void whatIsNoRegularFileIsRefused() {
        RecordingException refused =
                assertThrows(RecordingException.class, () -> RecordingWriter.open(Path.of("/dev/null")));
        assertTrue(refused.getMessage().contains("regular file"), refused.getMessage());
    }

    private void assertRefused(String reason) {
        RecordingException refused = assertThrows(RecordingException.class, () -> RecordingReader.open(file));
        assertTrue(refused.getMessage().startsWith(file.toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }
}
