package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Drivers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TopCommandTest {
    private final FakeDriver driver = new FakeDriver();

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
        assertMisuse("not 1 or more", "-n", "0");
        assertMisuse("exclude each other", "--csv", "--json");
        for (String period : List.of("0", "-1", "0.05", "NaN", "86401", "soon")) {
            ToolRun run = ToolRun.of(driver, "top", "-n", "1", "-d", period);
            assertEquals(2, run.exitCode(), period);
            assertTrue(run.err().contains("seconds from 0.1 to 86400"), run.err());
        }
    }

    private void assertMisuse(String message, String... args) {
        ToolRun run = top(args);
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains(message), run.err());
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
