package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Drivers;
import dev.vireo.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommandLineToolTest {
    private static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-000000000002");

    private final FakeDriver driver = new FakeDriver();

    private ToolRun run(String... args) {
        return ToolRun.of(driver, args);
    }

    @Test
    void theUriIsAcceptedBeforeAndAfterTheCommandButNotTwice() {
        assertTrue(run("-c", "fake:///a", "list", "--json").out().contains("fake:///a"));
        assertTrue(run("list", "--connect", "fake:///b", "--json").out().contains("fake:///b"));
        assertTrue(run("--connect=fake:///c", "list", "--json").out().contains("fake:///c"));
        assertEquals(2, run("-c", "fake:///a", "list", "-c", "fake:///b").exitCode());
    }

    @Test
    void unknownCommandsAndOptionsAndMissingOnesAreMisuse() {
        for (String[] args : new String[][] {{"lst"}, {"list", "--frob"}, {}, {"vcpus"}, {"help", "frob"}, {"-x"}}) {
            ToolRun run = run(args);
            assertEquals(2, run.exitCode(), run.err());
            assertEquals("", run.out());
            assertTrue(run.err().contains("--help'."), run.err());
        }
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        for (String name : Commands.NAMES) {
            assertTrue(run("--help").out().contains(name), name);
            assertTrue(run("help", name).out().contains("vireo " + name), name);
            assertEquals(run("help", name), run(name, "--help"));
        }
        assertEquals(run("help"), run("--help"));
        assertTrue(
                run("--version").out().matches("vireo [0-9].*\n"),
                run("--version").out());
    }

    @Test
    void anUnknownDomainIsOneLineWithASuggestion() {
        assertEquals(
                new ToolRun(
                        1,
                        "",
                        "error: VIR_ERR_NO_DOMAIN: Domain not found: no domain with matching name 'tets' on fake:///probed;"
                                + " did you mean 'test'?\n"),
                run("cpu-stats", "tets"));
    }

    @Test
    void aDomainIsFoundByIdThenUuidThenName() {
        driver.guests.add(new FakeDriver.Guest(2, "1", OTHER));
        driver.guests.add(new FakeDriver.Guest(3, "77", UUID.fromString("00000000-0000-4000-8000-000000000003")));
        assertTrue(run("vcpus", "1", "--json").out().contains("\"name\":\"test\""));
        assertTrue(run("vcpus", "77", "--json").out().contains("\"id\":3"));
        assertTrue(run("vcpus", OTHER.toString(), "--json").out().contains("\"id\":2"));
    }

    @Test
    void theReasonsOfAllDriversAreIndentedLines() {
        driver.declined = "no kernel\u001b here";
        ToolRun run = run("list");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("error: VIR_ERR_NO_CONNECT: "), run.err());
        assertTrue(run.err().endsWith("\n  fake [fake]: declined: no kernel\\x1b here\n"), run.err());
    }

    @Test
    void debugShowsWhatWasOpenedAndTheStackTrace() {
        ToolRun run = run("--debug", "cpu-stats", "nobody");
        assertTrue(run.err().startsWith("debug: opened fake:///probed with the driver fake\n"), run.err());
        assertTrue(run.err().contains("\n\tat dev.vireo."), run.err());
        assertFalse(run("cpu-stats", "nobody").err().contains("\tat "));
    }

    @Test
    void aDefectOfADriverIsAnInternalError() {
        driver.cpusFail = new IllegalStateException("oops");
        ToolRun run = run("cpu-stats", "test", "--start", "0");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("error: VIR_ERR_INTERNAL_ERROR: internal error: "), run.err());
    }

    @Test
    void aDefectOfTheToolIsAnInternalErrorToo() {
        driver.guests.set(0, new FakeDriver.Guest(1, "test", null));
        ToolRun run = run("list");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("error: internal error: "), run.err());
    }

    @Test
    void aClosedStandardOutputEndsQuietly() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(1, new CommandLineTool(Drivers.none().with(driver), closed, err).run("list"));
        assertEquals(0, err.size());
    }

    @Test
    void namesCannotReachTheTerminalWithTheirControlCharacters() {
        driver.guests.set(
                0,
                new FakeDriver.Guest(
                        1, "a\u001b[2J\n\u009b\u007f\u202e\u2066\u2028\ud800\ud83d\ude00é", FakeDriver.UUID_OF_TEST));
        ToolRun run = run("list");
        assertTrue(
                run.out().contains("a\\x1b[2J\\x0a\\x9b\\x7f\\u202e\\u2066\\u2028\\ud800\ud83d\ude00é  "), run.out());
        assertTrue(run("list", "--json")
                .out()
                .contains("\"a\\u001b[2J\\u000a\\u009b\\u007f\\u202e\\u2066\\u2028\\ud800\ud83d\ude00é\""));
        run("list", "--json").json();
        assertFalse(run("vcpus", "x\n  error: y").err().contains("\n  error"));
        assertFalse(run("li\u001bst").err().contains("\u001b"));
    }

    @Test
    void aDomainThatCannotTellItsStateDoesNotSinkTheList() {
        driver.guests.add(new FakeDriver.Guest(2, "sick", OTHER));
        driver.infoFailsFor = "sick";
        ToolRun run = run("list");
        assertEquals(
                new ToolRun(
                        0,
                        "Id  Name  UUID                                  State\n1   test  " + FakeDriver.UUID_OF_TEST
                                + "  running\n2   sick  " + OTHER + "  -\n",
                        "vireo: state of 'sick' unavailable: operation failed: the guest is sick\n"),
                run);
    }

    @Test
    void aDriverWithoutDomainInfoHasNoStates() {
        driver.operations.remove(Operation.DOMAIN_GET_INFO);
        ToolRun run = run("list");
        assertTrue(run.out().endsWith("  -\n"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void schedinfoShowsEachParameterOnALineAsVirsh() {
        ToolRun run = run("schedinfo", "test");
        assertEquals("""
                cpu_shares     : 1024
                vcpu_quota     : -1
                governor\\x07   : per\\x0aformance
                """, run.out());
        assertTrue(run("schedinfo", "test", "--config").out().startsWith("cpu_shares     : 512\n"));
        assertTrue(run("schedinfo", "test", "--json")
                .out()
                .contains("\"parameters\":{\"cpu_shares\":1024,\"vcpu_quota\":-1,"));
    }

    @Test
    void vcpupinShowsTheTableOfVirsh() {
        ToolRun run = run("vcpupin", "test");
        assertEquals("""
                 VCPU   CPU Affinity
                ----------------------
                 0      0-3,9
                 12     3

                """, run.out());
        assertTrue(run("vcpupin", "test", "--live").out().contains(" 12     2\n"));
        assertTrue(run("vcpupin", "test", "--json").out().contains("{\"vcpu\":0,\"cpus\":[0,1,2,3,9]}"));
    }

    @Test
    void aDomainIsShownAsItRunsOrAsItIsConfiguredNotBoth() {
        ToolRun both = run("schedinfo", "test", "--live", "--config");
        assertEquals(2, both.exitCode());
        assertTrue(both.err().contains("exclude each other"), both.err());
    }

    @Test
    void vcpusShowsAbsentValuesAsADashAndTheReason() {
        ToolRun run = run("vcpus", "test");
        assertEquals("""
                VCPU  State    CPU  Run time      Delay
                0     running  1    1.500000000s  -
                2     offline  -    -             -
                """, run.out());
        assertEquals("""
                vireo: CPU unavailable: the driver does not give it
                vireo: run time unavailable: the driver does not give it
                vireo: delay unavailable: the kernel lacks schedstats
                """, run.err());
        assertEquals(0, run.exitCode());
    }

    @Test
    void nodeSaysOfEachPartWhyItIsUnavailable() {
        driver.operations.remove(Operation.CONNECT_GET_VERSION);
        String out = run("node").out();
        assertTrue(out.contains("Hostname:            host\\x07\n"), out);
        assertTrue(
                out.contains("Hypervisor version:  unavailable, because ")
                        || out.contains("version: unavailable, because"),
                out);
        assertTrue(out.contains("4 (0-3)\n"), out);
        assertTrue(out.contains("3 (0,2-3)\n"), out);
        assertTrue(out.contains("unavailable, because no cpufreq\n"), out);
        assertTrue(out.contains("2.000000000 seconds\n"), out);
    }

    @Test
    void aNodeOfWhichNothingCanBeReadIsAFailure() {
        driver.operations.clear();
        assertEquals(1, run("node").exitCode());
    }

    @Test
    void driversShowsTheMatrixOfOperations() {
        ToolRun run = run("drivers", "-c", "fake:///x");
        assertTrue(run.out().startsWith("Operation                        fake  fake:///x\n"), run.out());
        assertTrue(run.out().contains("\nDOMAIN_GET_CPU_STATS             x     x\n"), run.out());
        assertTrue(run.out().contains("\nDOMAIN_DESTROY\n"), run.out());
        assertTrue(run.out().contains("\nfake\n  schemes: fake\n  location: "), run.out());
        String markdown = run("drivers", "--markdown").out();
        assertTrue(markdown.startsWith("| Operation | fake |\n|---|---|\n| CONNECT_GET_HOSTNAME | x |\n"), markdown);
        assertTrue(markdown.endsWith("| URI schemes | fake |\n"), markdown);
        assertFalse(markdown.contains("location"));
    }

    @Test
    void completionKnowsEveryCommand() {
        ToolRun run = run("completion");
        assertEquals(0, run.exitCode());
        Commands.NAMES.forEach(name -> assertTrue(run.out().contains(name), name));
        assertTrue(run.out().contains("--markdown"));
    }
}
