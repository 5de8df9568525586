package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static dev.vireo.it.VireoCommand.vireo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The built command, asked about real guests. */
class RealGuestCommandIT {
    private static final String URI = "qemu+cgroup:///system";

    @RegisterExtension
    final Scene scene = new Scene();

    @BeforeAll
    static void theCommandIsBuilt() {
        vireo("--version");
    }

    @Test
    void cpuStatsPrintsTheTimesOfAV1Guest() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V1, LibvirtLayout.SYSTEMD);
        KernelTimes before = placed.kernel().read();
        CommandRun run = vireo("-c", URI, "cpu-stats", placed.name());
        KernelTimes after = placed.kernel().read();
        Map<String, Long> printed = PrintedStats.parse(run.requireSuccess().out());
        assertTotals(before, printed, after);
        before.cpus().forEach((cpu, time) -> {
            String heading = "CPU" + cpu;
            assertBetween(
                    heading,
                    time,
                    printed.get(heading + "/cpu_time"),
                    after.cpus().get(cpu));
            assertBetween(
                    heading + " vCPUs",
                    before.vcpus().get(cpu),
                    printed.get(heading + "/vcpu_time"),
                    after.vcpus().get(cpu));
        });
    }

    /** On a host whose cpu controller is v2's the times on each CPU are there without counting. */
    @Test
    void onAHybridHostWhereNothingCountsV2sTotalIsPrintedAndHowToCount() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        KernelTimes before = placed.kernel().read();
        CommandRun run = vireo("-c", URI + "?percpu=sched-events", "cpu-stats", placed.name());
        KernelTimes after = placed.kernel().read();
        assertTotals(before, PrintedStats.parse(run.requireSuccess().out()), after);
        assertFalse(run.out().contains("CPU0"), run::toString);
        assertTrue(run.err().contains("--for 2s"), run::toString);
    }

    @Test
    void forATimeTheTimesOfAV2GuestOnEachCpuAddUpToThatTime() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        CommandRun run = vireo("-c", URI, "cpu-stats", placed.name(), "--for", "500ms");
        Map<String, Long> printed = PrintedStats.parse(run.requireSuccess().out());
        long sum = printed.get("CPU0/cpu_time") + printed.get("CPU1/cpu_time");
        long total = printed.get("Total/cpu_time");
        assertTrue(total > 0, run::toString);
        // the two are not read at once
        assertEquals(1, sum / (double) total, 0.3, run::toString);
    }

    @Test
    void driversSayInWordsWhichSourceTellsTheTimesOfEachGuest() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        CommandRun run = vireo("-c", URI, "drivers", "--verbose").requireSuccess();
        assertTrue(run.out().contains(placed.name() + ": sched-"), run::toString);
    }

    @Test
    void listShowsTheGuestAndItsId() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V1, LibvirtLayout.WITHOUT_SYSTEMD);
        CommandRun run = vireo("-c", URI, "list").requireSuccess();
        assertEquals(
                1,
                run.out()
                        .lines()
                        .filter(line -> line.contains(placed.name()))
                        .filter(line -> line.contains(Integer.toString(placed.id())))
                        .count(),
                run::toString);
    }

    @Test
    void aMistypedNameSuggestsTheGuests() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V1, LibvirtLayout.SYSTEMD);
        CommandRun run = vireo("-c", URI, "cpu-stats", placed.name() + "x");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("'" + placed.name() + "'"), run::toString);
    }

    private static void assertTotals(KernelTimes before, Map<String, Long> printed, KernelTimes after) {
        assertBetween("cpu_time", before.cpuTime(), printed.get("Total/cpu_time"), after.cpuTime());
        assertBetween("user_time", before.userTime(), printed.get("Total/user_time"), after.userTime());
        assertBetween("system_time", before.systemTime(), printed.get("Total/system_time"), after.systemTime());
    }
}
