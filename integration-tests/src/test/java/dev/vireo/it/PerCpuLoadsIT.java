package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same processes in a v1 group, whose {@code cpuacct.usage_percpu} is the reference, and in a v2 group, which is read.
 * The v1 group is shared with a sleeping process, so that it is not the one that is read.
 */
class PerCpuLoadsIT {
    private static final String URI = RealGuestContract.URI + "?percpu=sched-events";
    private static final Duration LOAD = Duration.ofMillis(600);
    /** What ran before both groups were entered, and a reading that came in the middle of a switch. */
    private static final long EQUAL_NANOS = 100_000;

    private static final long EQUAL_SUM_NANOS = 1_000;

    @RegisterExtension
    final Scene scene = new Scene();

    private LoadedGuest guest;
    private ControlGroup v2;
    private IndependentReader v1Reader;
    private IndependentReader v2Reader;

    private void startGuest() throws IOException {
        Requirements.cgroup(CgroupVersion.V1);
        Requirements.cgroup(CgroupVersion.V2);
        guest = scene.opened(LoadedGuest.start(scene.program("load")));
        ControlGroup v1 = scene.plainGroup(CgroupVersion.V1);
        v1.move(scene.opened(LoadedGuest.start(scene.program("load"))).pid());
        // libvirt's, which stays the guest's own whoever else is in it
        v2 = scene.group(
                CgroupVersion.V2, LibvirtLayout.WITHOUT_SYSTEMD.group(UniqueNames.nextLibvirtId(), guest.name()));
        v1.move(guest.pid());
        v2.move(guest.pid());
        v1Reader = IndependentReader.of(scene.program("read_cgroup"), CgroupVersion.V1, v1);
        v2Reader = IndependentReader.of(scene.program("read_cgroup"), CgroupVersion.V2, v2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pin0", "pin1", "migrate", "pingpong", "fork", "realtime"})
    void timesOnEachCpuAreThoseOfVersionOneAndTheirSumIsTheTotal(String load) throws IOException {
        startGuest();
        try (Connection connection = Connection.open(URI)) {
            Domain domain = connection.getDomainByName(guest.name());
            times(domain);
            awaitStandstill();
            SortedMap<Integer, Long> before = times(domain);
            KernelTimes v1Before = v1Reader.read();
            KernelTimes v2Before = v2Reader.read();
            guest.run(load, LOAD);
            awaitStandstill();
            SortedMap<Integer, Long> after = times(domain);
            KernelTimes v1After = v1Reader.read();
            long sum = sum(after) - sum(before);
            assertNear(v2Reader.read().cpuTime() - v2Before.cpuTime(), sum, EQUAL_SUM_NANOS, "the sum");
            // others may run meanwhile
            assertTrue(sum > LOAD.toNanos() / 20, () -> "the load used only " + sum);
            for (int cpu : after.keySet()) {
                long expected = v1After.cpus().get(cpu) - v1Before.cpus().get(cpu);
                assertNear(expected, after.get(cpu) - before.get(cpu), EQUAL_NANOS, "on CPU " + cpu);
            }
        }
    }

    /** The load's last word comes a moment before its processes sleep. */
    private void awaitStandstill() throws IOException {
        long[] last = {-1};
        Await.until("the load stands still", Duration.ofSeconds(20), () -> {
            long before = last[0];
            last[0] = v2Reader.read().cpuTime();
            return last[0] == before;
        });
    }

    /**
     * A CPU that wakes somebody on another one settles what runs there. The kernel's rstat, from which one might take times
     * per CPU, charges that time to the CPU that settled it: of a spinner on CPU 0 it puts 82 % on CPU 1 here.
     */
    @Test
    void timeIsNotPutOnTheCpuThatWakesAnUnrelatedSleeperBesideTheGuest() throws IOException {
        startGuest();
        scene.opened(LoadedGuest.startSleeper(scene.program("load")));
        assertTimeStaysOnCpu0("pin0");
    }

    /** The same with the sleeper in the guest's own group, whose own time is a little: rstat puts 83 % on CPU 1. */
    @Test
    void timeIsNotPutOnTheCpuThatWakesASleeperOfTheGuestsOwn() throws IOException {
        startGuest();
        v2.move(scene.opened(LoadedGuest.startSleeper(scene.program("load"))).sleeper());
        assertTimeStaysOnCpu0("pin0");
    }

    private void assertTimeStaysOnCpu0(String load) throws IOException {
        try (Connection connection = Connection.open(URI)) {
            Domain domain = connection.getDomainByName(guest.name());
            SortedMap<Integer, Long> before = times(domain);
            guest.run(load, LOAD);
            SortedMap<Integer, Long> after = times(domain);
            long onCpu0 = after.get(0) - before.get(0);
            long onCpu1 = after.get(1) - before.get(1);
            assertTrue(onCpu0 > LOAD.toNanos() / 2, () -> "on CPU 0 only " + onCpu0);
            assertTrue(onCpu1 * 200 < onCpu0, () -> "on CPU 1 " + onCpu1 + " of " + onCpu0);
        }
    }

    private static SortedMap<Integer, Long> times(Domain domain) {
        CpuStats.HostCpus cpus = domain.cpuStats().hostCpus();
        assertTrue(cpus.isAvailable(), () -> String.valueOf(cpus.unavailable()));
        assertEquals(CpuStatsOrigin.Since.ATTACHED, cpus.origin().orElseThrow().since());
        assertEquals("sched-events", cpus.origin().orElseThrow().source());
        SortedMap<Integer, Long> times = new TreeMap<>();
        cpus.cpus().forEach(cpu -> times.put(cpu.cpu(), cpu.cpuTimeNanos().value()));
        return times;
    }

    private static void assertNear(long expected, long actual, long tolerance, String what) {
        assertTrue(Math.abs(expected - actual) <= tolerance, () -> what + ": " + actual + " instead of " + expected);
    }

    private static long sum(SortedMap<Integer, Long> times) {
        return List.copyOf(times.values()).stream().mapToLong(Long::longValue).sum();
    }
}
