package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.CpuStats.HostCpu;
import dev.vireo.Domain;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real guests in control groups of version 1, which count on each CPU. */
class RealGuestV1IT extends RealGuestContract {
    RealGuestV1IT() {
        super(CgroupVersion.V1);
    }

    @ParameterizedTest
    @EnumSource
    void timesOnEachCpuLieBetweenTwoReadingsOfTheKernelsFiles(LibvirtLayout layout) throws IOException {
        PlacedGuest placed = busy(scene.libvirtGuest(CgroupVersion.V1, layout));
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            for (int i = 0; i < 20; i++) {
                KernelTimes before = placed.kernel().read();
                CpuStats.HostCpus ours = domain.cpuStats().hostCpus();
                assertEachCpu(before, ours, placed.kernel().read());
            }
        }
    }

    @Test
    void vcpuTimeIsTheSumOfAllVcpuGroups() throws IOException {
        PlacedGuest placed = busy(scene.libvirtGuest(
                CgroupVersion.V1,
                LibvirtLayout.SYSTEMD,
                GuestSpec.of(GuestRom.SPINS).withVcpus(2)));
        assertEquals(2, placed.group().vcpuDirectories().size());
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            KernelTimes before = placed.kernel().read();
            CpuStats.HostCpus ours = domain.cpuStats().hostCpus();
            assertEachCpu(before, ours, placed.kernel().read());
        }
    }

    /** The second of the two sequences in the documentation comment of the patch that brought virDomainGetCPUStats. */
    @Test
    void theSequenceOfThePatchForEachCpuRuns() throws IOException {
        PlacedGuest placed = busy(scene.libvirtGuest(CgroupVersion.V1, LibvirtLayout.SYSTEMD));
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            int cpuIds = domain.getCpuStats(null, 0, 0, 0, 0);
            int nparams = domain.getCpuStats(null, 0, 0, 1, 0);
            TypedParameters params = TypedParameters.allocate(cpuIds * nparams);
            KernelTimes before = placed.kernel().read();
            int filled = domain.getCpuStats(params, nparams, 0, Math.min(cpuIds, 128), 0);
            KernelTimes after = placed.kernel().read();
            assertEquals(2, nparams);
            assertEquals(nparams, filled);
            assertStrides(before, params, nparams, after);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SYSTEMD", "WITHOUT_SYSTEMD"})
    void aGuestPinnedToCpu1RunsThereAndNowhereElse(LibvirtLayout layout) throws IOException {
        Assumptions.assumeTrue(
                Runtime.getRuntime().availableProcessors() > 1,
                "NOT TESTED: this machine has one CPU, pinning needs two");
        PlacedGuest placed = busy(scene.libvirtGuest(CgroupVersion.V1, layout));
        placed.guest().pinTo(1);
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            SortedMap<Integer, Long> before = cpuTimes(domain);
            placed.kernel().awaitGrowth(placed.kernel().read(), Duration.ofSeconds(1));
            SortedMap<Integer, Long> after = cpuTimes(domain);
            after.forEach((cpu, time) -> assertPinned(cpu, time - before.get(cpu)));
        }
    }

    @Test
    void aQemuThatNobodyManagesHasTimesOnEachCpuButNoneOfItsVcpus() throws IOException {
        PlacedGuest placed = busy(scene.serviceGuest(CgroupVersion.V1, GuestSpec.of(GuestRom.SPINS)));
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            KernelTimes before = placed.kernel().read();
            CpuStats.HostCpus ours = domain.cpuStats().hostCpus();
            KernelTimes after = placed.kernel().read();
            assertEquals(before.cpus().size(), ours.cpus().size());
            for (HostCpu cpu : ours.cpus()) {
                assertCpuTime(before, cpu, after);
                assertFalse(cpu.vcpuTimeNanos().isAvailable());
                assertFalse(cpu.vcpuTimeNanos().reason().orElseThrow().isBlank());
            }
        }
    }

    private static void assertPinned(int cpu, long used) {
        if (cpu == 1) {
            assertTrue(used >= Duration.ofSeconds(1).toNanos(), () -> "CPU 1 has " + used + " ns of the second");
        } else {
            assertEquals(0, used, "no thread may run on CPU " + cpu);
        }
    }

    private static SortedMap<Integer, Long> cpuTimes(Domain domain) {
        SortedMap<Integer, Long> times = new TreeMap<>();
        domain.cpuStats()
                .hostCpus()
                .cpus()
                .forEach(cpu -> times.put(cpu.cpu(), cpu.cpuTimeNanos().value()));
        return times;
    }

    private static void assertEachCpu(KernelTimes before, CpuStats.HostCpus ours, KernelTimes after) {
        assertTrue(ours.isAvailable(), ours::unavailable);
        assertEquals(before.cpus().size(), ours.cpus().size());
        for (HostCpu cpu : ours.cpus()) {
            assertCpuTime(before, cpu, after);
            assertBetween(
                    "vcpu_time of CPU " + cpu.cpu(),
                    before.vcpus().get(cpu.cpu()),
                    cpu.vcpuTimeNanos().value(),
                    after.vcpus().get(cpu.cpu()));
        }
    }

    private static void assertCpuTime(KernelTimes before, HostCpu cpu, KernelTimes after) {
        assertBetween(
                "cpu_time of CPU " + cpu.cpu(),
                before.cpus().get(cpu.cpu()),
                cpu.cpuTimeNanos().value(),
                after.cpus().get(cpu.cpu()));
    }

    private static void assertStrides(KernelTimes before, TypedParameters params, int nparams, KernelTimes after) {
        before.cpus().forEach((cpu, time) -> {
            int first = cpu * nparams;
            assertEquals("cpu_time", params.name(first));
            assertEquals("vcpu_time", params.name(first + 1));
            assertBetween(
                    "cpu_time", time, params.unsignedLong(first), after.cpus().get(cpu));
            assertBetween(
                    "vcpu_time",
                    before.vcpus().get(cpu),
                    params.unsignedLong(first + 1),
                    after.vcpus().get(cpu));
        });
    }
}
