package dev.vireo.it;

import static dev.vireo.it.VireoCommand.vireo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The built command, run as a process. */
class CommandIT {
    private static final String STOPPED = "test:///default?clock=stopped";
    private static final String PER_CPU = """
            CPU0:
            \tcpu_time            24.386308517 seconds
            \tvcpu_time           23.151740627 seconds
            CPU1:
            \tcpu_time            24.386308518 seconds
            \tvcpu_time           23.151740628 seconds
            """;
    private static final String TOTAL = """
            Total:
            \tcpu_time            48.772617035 seconds
            \tuser_time            5.540000000 seconds
            \tsystem_time          6.460000000 seconds
            """;

    /** Builds if need be, so that no other test sees the line that says so. */
    @BeforeAll
    static void theCommandIsBuilt() {
        vireo("--version");
    }

    @Test
    void cpuStatsPrintsByteForByteWhatVirshPrints() {
        assertPrints(PER_CPU + TOTAL + "\n", vireo("-c", STOPPED, "cpu-stats", "test"));
    }

    @Test
    void totalLeavesOutTheCpus() {
        assertPrints(TOTAL + "\n", vireo("-c", STOPPED, "cpu-stats", "test", "--total"));
    }

    @Test
    void startAndCountLeaveOutTheTotal() {
        assertPrints(PER_CPU + "\n", vireo("-c", STOPPED, "cpu-stats", "test", "--start", "0", "--count", "2"));
    }

    @Test
    void aDomainIsNamedByIdAndByUuidToo() {
        String expected =
                vireo("-c", STOPPED, "cpu-stats", "test").requireSuccess().out();
        assertPrints(expected, vireo("-c", STOPPED, "cpu-stats", "1"));
        assertPrints(expected, vireo("-c", STOPPED, "cpu-stats", "6695eb01-f6a4-8304-79aa-97f2502e193f"));
    }

    @Test
    void wrongUsageIsExitCode2() {
        assertEquals(2, vireo("--no-such-option").exitCode());
        assertEquals(2, vireo("-c", STOPPED, "cpu-stats").exitCode());
    }

    @Test
    void anUnknownSchemeListsTheDriversAndTheirSchemes() {
        CommandRun run = vireo("-c", "nonesuch:///system", "list");
        assertFails(run, "nonesuch");
        assertSays(run, "qemu+cgroup");
        assertSays(run, "QEMU-cgroup");
        assertSays(run, "test");
    }

    @Test
    void aUriWithTwoSlashesAsksWhetherThreeWereMeant() {
        CommandRun run = vireo("-c", "qemu+cgroup://system", "list");
        assertFails(run, "VIR_ERR_INVALID_ARG");
        assertSays(run, "did you mean qemu+cgroup:///system");
    }

    @Test
    void anUnknownUriOptionListsTheKnownOnes() {
        CommandRun run = vireo("-c", "qemu+cgroup:///system?nonesuch=1", "list");
        assertFails(run, "nonesuch");
        assertSays(run, "sysfs");
        assertSays(run, "procfs");
    }

    @Test
    void anUnknownDomainSuggestsTheNearestName() {
        CommandRun run = vireo("-c", STOPPED, "cpu-stats", "tets");
        assertFails(run, "VIR_ERR_NO_DOMAIN");
        assertSays(run, "'test'");
    }

    @Test
    void debugShowsTheStackAndTheUri() {
        CommandRun run = vireo("--debug", "-c", STOPPED, "cpu-stats", "tets");
        assertFails(run, "\tat dev.vireo.");
        assertSays(run, STOPPED);
    }

    @Test
    void aFailedOperationIsOneLine() {
        CommandRun run = vireo("-c", STOPPED, "cpu-stats", "tets");
        assertEquals(1, run.err().lines().count(), run::toString);
        assertEquals("", run.out());
    }

    private static void assertPrints(String expected, CommandRun run) {
        assertEquals(0, run.exitCode(), run::toString);
        assertEquals(expected, run.out());
        assertEquals("", run.err());
    }

    private static void assertFails(CommandRun run, String text) {
        assertEquals(1, run.exitCode(), run::toString);
        assertSays(run, text);
    }

    private static void assertSays(CommandRun run, String text) {
        assertTrue(run.err().contains(text), () -> "standard error should contain " + text + ": " + run);
    }
}
