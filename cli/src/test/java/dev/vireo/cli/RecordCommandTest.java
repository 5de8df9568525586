package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.monitor.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordCommandTest {
    @TempDir
    Path directory;

    private final FakeDriver driver = new FakeDriver();

    private Path file() {
        return directory.resolve("a.rec");
    }

    private ToolRun record(String... options) {
        List<String> args = new ArrayList<>(List.of("record", "-o", file().toString(), "-d", "0.001"));
        args.addAll(List.of(options));
        return ToolRun.of(driver, args.toArray(new String[0]));
    }

    private static int snapshotsIn(Path file) throws IOException {
        int count = 0;
        try (RecordingReader reader = RecordingReader.open(file)) {
            while (reader.next() != null) {
                count++;
            }
            assertTrue(reader.cut().isEmpty());
        }
        return count;
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    @Test
    void soManySnapshotsAreWrittenAsWereAskedFor() throws IOException {
        assertEquals(new ToolRun(0, "", "vireo: recorded 3 snapshots\n"), record("-n", "3"));
        assertEquals(3, snapshotsIn(file()));
        assertTrue(Files.readString(file()).contains(FakeDriver.UUID_OF_TEST.toString()));
    }

    @Test
    void aRecordingThatIsThereIsContinued() throws IOException {
        record("-n", "2");
        assertEquals(new ToolRun(0, "", "vireo: recorded 1 snapshot\n"), record("-n", "1"));
        assertEquals(3, snapshotsIn(file()));
    }

    @Test
    void noSnapshotIsLostWhereFilesRotate() throws IOException {
        assertEquals(0, record("-n", "40", "--rotate", "1k").exitCode());
        List<Path> files = files();
        assertTrue(files.size() > 2, files::toString);
        int all = 0;
        for (Path file : files) {
            assertTrue(file.toString().matches(".*/a\\.rec(\\.[0-9]{8}T[0-9]{6}Z(\\.[0-9]+)?)?"), file::toString);
            int count = snapshotsIn(file);
            assertTrue(count > 0, file::toString);
            all += count;
        }
        assertEquals(40, all);
    }

    @Test
    void aFileThatIsNoRecordingIsRefusedAndLeftAsItIs() throws IOException {
        Files.writeString(file(), "mine\n");
        ToolRun run = record("-n", "1");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("error: " + file() + ", line 1: no recording"), run.err());
        assertEquals("mine\n", Files.readString(file()));
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() {
        ToolRun run = ToolRun.of(driver, "record", "-o", directory + "/none/a.rec", "-n", "1");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("/none/a.rec (NoSuchFile)"), run.err());
    }

    @Test
    void aPictureThatCannotBeWrittenIsNamedWithTheReason() throws IOException {
        assertEquals(0, record("-n", "2").exitCode());
        Path full = Files.createSymbolicLink(directory.resolve("a.svg"), Path.of("/dev/full"));
        ToolRun run = ToolRun.of(driver, "plot", file().toString(), "-o", full.toString());
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("error: " + full + ": ") && !run.err().contains("null"), run.err());
        assertTrue(Files.exists(full), "what is no file is left alone");
    }

    @Test
    void whereThereIsNoConnectionNoFileIsBegun() {
        driver.declined = "no kernel here";
        assertEquals(1, record("-n", "1").exitCode());
        assertFalse(Files.exists(file()));
    }

    @Test
    void badNumbersAreMisuse() {
        for (String[] options : new String[][] {
            {"-n", "0"}, {"-d", "0"}, {"-d", "NaN"}, {"-d", "99999"}, {"--rotate", "5"}, {"--rotate", "0M"}
        }) {
            ToolRun run = record(options);
            assertEquals(2, run.exitCode(), run.err());
            assertFalse(Files.exists(file()));
        }
        assertEquals(2, ToolRun.of(driver, "record").exitCode());
    }
}
