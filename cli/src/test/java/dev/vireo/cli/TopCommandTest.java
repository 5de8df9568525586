package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.DomainState;
import dev.vireo.Drivers;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.RecordingWriter;
import dev.vireo.monitor.SnapshotBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopCommandTest {
    private final FakeDriver driver = new FakeDriver();

    @TempDir
    private Path directory;

    private ToolRun top(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "top";
        args[1] = "-d";
        args[2] = "0.1";
        System.arraycopy(more, 0, args, 3, more.length);
        return ToolRun.of(driver, args);
    }

    @Test
    void withoutATerminalItWritesATableForEachInterval() {
        List<String> lines = top("-n", "2").out().lines().toList();
        assertEquals(8, lines.size(), lines::toString);
        assertTrue(lines.get(0).startsWith("% of one core  sum "), lines::toString);
        assertEquals(" CPU% USER%  SYS% STEAL% VCPUS OVERH% NAME", lines.get(1));
        assertTrue(lines.get(2).endsWith(" test"), lines::toString);
        assertEquals("", lines.get(3));
        assertTrue(lines.get(4).startsWith("% of one core  sum "), lines::toString);
    }

    @Test
    void theFirstLineNamesTheDenominatorThatWasPicked() {
        assertTrue(top("-n", "1", "--of", "vcpus").out().startsWith("% of the domain's vCPUs  sum "));
        assertTrue(top("-n", "1", "--of", "host").out().startsWith("% of the host  sum "));
    }

    @Test
    void csvHasItsNamesOnceAndALineForEachDomainAndInterval() {
        driver.guests.add(new FakeDriver.Guest(2, "a,\"b\"\n", new UUID(0, 2)));
        List<String> lines =
                top("-n", "2", "--csv", "--sort", "name").out().lines().toList();
        assertEquals(5, lines.size(), lines::toString);
        assertEquals(
                "time,interval_seconds,name,uuid,id,state,percent_of,cpu_percent,user_percent,system_percent,"
                        + "steal_percent,vcpus,overhead_percent,stale_seconds",
                lines.get(0));
        assertTrue(
                lines.get(1)
                        .matches(
                                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z,\\d+\\.\\d{3},\"a,\"\"b\"\"\\\\x0a\","
                                        + "00000000-0000-0000-0000-000000000002,2,running,core,.*"),
                lines::toString);
        assertTrue(lines.get(2).contains(",test,"), lines::toString);
        assertEquals(13, lines.get(2).chars().filter(c -> c == ',').count(), lines::toString);
    }

    @Test
    void jsonIsADocumentALine() {
        List<String> lines = top("-n", "2", "--json").out().lines().toList();
        assertEquals(2, lines.size());
        Map<?, ?> document = (Map<?, ?>) StrictJson.parse(lines.get(1) + "\n");
        assertEquals("core", document.get("percent_of"));
        assertEquals(1, ((List<?>) document.get("domains")).size());
    }

    @Test
    void theFilterChoosesDomainsByAPartOfTheirNames() {
        driver.guests.add(new FakeDriver.Guest(2, "Web-1", new UUID(0, 2)));
        String out = top("-n", "1", "--filter", "wEB").out();
        assertTrue(out.contains(" 1/2 domains "), out);
        assertTrue(out.contains(" Web-1\n"), out);
        assertFalse(out.contains(" test\n"), out);
    }

    @Test
    void aWrongValueSaysWhichOnesThereAre() {
        assertMisuse("none of core, vcpus, host", "--of", "cores");
        assertMisuse("none of cpu, user, system, steal, vcpus, overhead, name", "--sort", "size");
        assertMisuse("it is 1 or more", "-n", "0");
        assertMisuse("exclude each other", "--csv", "--json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "+1",
                "0.05",
                "0.0999999999999999999999",
                "86400.000000001",
                "86401",
                "soon",
                "1s",
                "1f",
                "1d",
                "1L",
                "0x1p0",
                "1e0",
                "1e400",
                "1e-400",
                "NaN",
                "Infinity",
                "-Infinity",
                "",
                " 1",
                "1 ",
                "1.",
                ".",
                "1,5",
                "1_0",
                "\u0661",
                "\uff11",
                "99999999999999999999999999999999"
            })
    void whatIsNoPlainDecimalNumberOfSecondsIsNoPeriod(String text) {
        for (String[] line : new String[][] {
            {"top", "-n", "1", "-d=" + text},
            {"record", "-o", directory.resolve("never").toString(), "-n", "1", "-d=" + text},
            {"cpu-stats", "test", "-n", "1", "--watch=" + text}
        }) {
            boolean isShortest = line[0].equals("top");
            if (isShortest || !text.startsWith("0.0")) {
                ToolRun run = ToolRun.of(driver, line);
                assertEquals(2, run.exitCode(), () -> Arrays.toString(line) + run);
                assertTrue(run.err().contains("'" + text + "' is no number of seconds from "), run::err);
                assertTrue(run.err().contains(isShortest ? " from 0.1 to 86400" : " from 0.001 to 86400"), run::err);
            }
        }
        assertFalse(Files.exists(directory.resolve("never")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", ".1", "00.10", "0.1000000000000000000000001"})
    void whatPeopleWriteIsOne(String text) {
        ToolRun run = ToolRun.of(driver, "top", "-n", "1", "-d", text, "--csv");
        assertEquals(0, run.exitCode(), run::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "+1", "1.0", "1e0", "0x1", "99999999999", "\u0661", "\uff11", " 1", "many", ""})
    void whatIsNoPlainWholeNumberIsNoCount(String text) {
        ToolRun run = ToolRun.of(driver, "top", "-d", "0.1", "-n=" + text);
        assertEquals(2, run.exitCode(), run::toString);
        assertTrue(run.err().startsWith("Invalid value for "), run::err);
    }

    /** A spreadsheet would run them; uuid and id tell programs which domain it is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            =1+1          | \\x3d1+1
            +web          | \\x2bweb
            -web          | \\x2dweb
            @SUM(A1)      | \\x40SUM(A1)
            \uff1d1        | \\uff1d1
            a=b+c-d@e     | a=b+c-d@e
            a;=1          | "a;\\x3d1"
            a, @b         | "a, \\x40b"
            a";=1         | "a"";\\x3d1"
            '=1           | '\\x3d1
            """)
    void noNameIsAFormulaInCsv(String name, String cell) {
        driver.guests.set(0, new FakeDriver.Guest(1, name, new UUID(0, 1)));
        String line = top("-n", "1", "--csv").out().lines().skip(1).findFirst().orElse("");
        assertTrue(line.contains("," + cell + ",00000000-0000-0000-0000-000000000001,1,"), line);
        Map<?, ?> document = (Map<?, ?>) top("-n", "1", "--json").json();
        assertEquals(name, ((Map<?, ?>) ((List<?>) document.get("domains")).get(0)).get("name"));
    }

    private void assertMisuse(String message, String... args) {
        ToolRun run = top(args);
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains(message), run.err());
    }

    /** Writes a recording of three seconds, of a domain that keeps two CPUs busy. */
    private Path recording() throws IOException {
        Path file = directory.resolve("a.rec");
        DomainRun run = new DomainRun(new UUID(0, 7), 7, "recorded", Instant.EPOCH, 1);
        try (RecordingWriter writer = RecordingWriter.open(file)) {
            for (long second = 1; second <= 3; second++) {
                long nanos = second * 1_000_000_000L;
                SnapshotBuilder snapshot = new SnapshotBuilder().domain(run, DomainState.RUNNING, nanos);
                snapshot.value(Statistic.CPU_TIME, 0, 2 * nanos);
                writer.append(snapshot.build(nanos, Instant.ofEpochSecond(second), "then", Reading.of(2)));
            }
        }
        return file;
    }

    @Test
    void aRecordingIsShownWithItsOwnTimes() throws IOException {
        ToolRun run = ToolRun.of(driver, "top", "--replay", recording().toString(), "--csv");
        assertEquals(0, run.exitCode(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(3, lines.size(), run.out());
        assertTrue(lines.get(1).startsWith("1970-01-01T00:00:02.000Z,1.000,recorded,"), run.out());
        assertTrue(lines.get(2).contains(",7,running,core,200.000,,,"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void aRecordingThatIsCutIsShownAsFarAsItGoesAndThatIsSaid() throws IOException {
        Path file = recording();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 5));
        ToolRun run = ToolRun.of(driver, "top", "--replay", file.toString(), "--csv");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(2, run.out().lines().count(), run.out());
        assertTrue(run.err().startsWith("vireo: ") && run.err().contains("a.rec"), run.err());
    }

    @Test
    void whatIsNoRecordingIsAnErrorThatNamesTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("letter.txt"), "Dear all,\n");
        ToolRun run = ToolRun.of(driver, "top", "--replay", file.toString());
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("error: ") && run.err().contains("letter.txt"), run.err());
        ToolRun none =
                ToolRun.of(driver, "top", "--replay", directory.resolve("none").toString());
        assertEquals(1, none.exitCode());
        assertTrue(none.err().contains("none"), none.err());
    }

    @Test
    void aRecordingHasNoConnectionAndNoPeriod() throws IOException {
        String file = recording().toString();
        assertEquals(2, top("--replay", file).exitCode());
        assertEquals(
                2, ToolRun.of(driver, "top", "-c", "fake:///", "--replay", file).exitCode());
    }

    @Test
    void whatCannotBeOpenedAtFirstIsAnErrorAndNotTriedAgain() {
        driver.declined = "not here";
        ToolRun run = top("-n", "1");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("error: VIR_ERR_NO_CONNECT"), run.err());
    }

    @Test
    void eachIntervalIsWrittenWhenItIsOverAndAClosedPipeEndsItQuietly() {
        ClosingPipe pipe = new ClosingPipe();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = new CommandLineTool(Drivers.none().with(driver), pipe, err).run("top", "-d", "0.1", "--csv");
        assertEquals(1, exitCode);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertEquals(2, pipe.writes);
    }

    /** A reader that goes after the first interval. */
    private static final class ClosingPipe extends OutputStream {
        private int writes;

        @Override
        public void write(int b) throws IOException {
            throw new IOException("the command writes whole intervals");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0 && ++writes > 1) {
                throw new IOException("Broken pipe");
            }
        }
    }
}
