package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real guests on cgroup v2, read on each CPU. On a hybrid host the cpu controller is v1's, so that no scheduler group tells. */
class PerCpuGuestIT {
    private static final Duration RUN = Duration.ofMillis(300);

    @RegisterExtension
    final Scene scene = new Scene();

    private static Connection open(String source) {
        return Connection.open(RealGuestContract.URI + "?percpu=" + source);
    }

    private static Map<Integer, CpuStats.HostCpu> cpus(Domain domain) {
        CpuStats.HostCpus cpus = domain.cpuStats().hostCpus();
        assertTrue(cpus.isAvailable(), () -> String.valueOf(cpus.unavailable()));
        Map<Integer, CpuStats.HostCpu> byId = new TreeMap<>();
        cpus.cpus().forEach(cpu -> byId.put(cpu.cpu(), cpu));
        return byId;
    }

    private static CpuStatsOrigin origin(Domain domain) {
        return domain.cpuStats().hostCpus().origin().orElseThrow();
    }

    private static void assertVcpusUsedNoMoreThanTheGuest(Map<Integer, CpuStats.HostCpu> cpus) {
        cpus.values()
                .forEach(cpu -> assertTrue(
                        cpu.vcpuTimeNanos().value() <= cpu.cpuTimeNanos().value(), cpu::toString));
    }

    @Test
    void timesFollowAGuestFromOneCpuToTheOtherAndStopWhenItIsPaused() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(
                CgroupVersion.V2,
                LibvirtLayout.SYSTEMD,
                GuestSpec.of(GuestRom.SPINS).withMonitor());
        try (Connection connection = open("auto")) {
            scene.awaitKnown(connection);
            Domain domain = connection.getDomainByName(placed.name());
            for (int cpu = 0; cpu < 2; cpu++) {
                placed.guest().pinTo(cpu);
                Map<Integer, CpuStats.HostCpu> before = cpus(domain);
                placed.kernel().awaitGrowth(placed.kernel().read(), RUN);
                Map<Integer, CpuStats.HostCpu> after = cpus(domain);
                assertVcpusUsedNoMoreThanTheGuest(after);
                long here = after.get(cpu).vcpuTimeNanos().value()
                        - before.get(cpu).vcpuTimeNanos().value();
                long elsewhere = after.get(1 - cpu).cpuTimeNanos().value()
                        - before.get(1 - cpu).cpuTimeNanos().value();
                assertTrue(here > RUN.toNanos() * 8 / 10, () -> "where it runs: " + here);
                assertTrue(elsewhere < RUN.toNanos() / 10, () -> "elsewhere: " + elsewhere);
            }
            placed.guest().monitor().pause();
            Map<Integer, CpuStats.HostCpu> before = cpus(domain);
            PlacedGuest other = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
            other.kernel().awaitGrowth(other.kernel().read(), RUN);
            Map<Integer, CpuStats.HostCpu> after = cpus(domain);
            after.forEach((id, cpu) -> assertEquals(
                    before.get(id).vcpuTimeNanos().value(), cpu.vcpuTimeNanos().value(), "vCPUs on CPU " + id));
        }
    }

    /** A host whose cpu controller is v2's is another test's: kernels that are booted for it. */
    @Test
    void onAHybridHostTheSchedulersGroupsAnswerThatThereIsNoCpuController() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection connection = open("auto");
                Connection groupsAlone = open("sched-group")) {
            scene.awaitKnown(connection);
            CpuStatsOrigin origin = origin(connection.getDomainByName(placed.name()));
            assertEquals("sched-events", origin.source());
            assertTrue(origin.missing().get("sched-group").contains("no cpu controller"), origin::toString);
            scene.awaitKnown(groupsAlone);
            Domain domain = groupsAlone.getDomainByName(placed.name());
            HypervisorException refused = assertThrows(
                    HypervisorException.class, () -> domain.getCpuStats(TypedParameters.allocate(2), 2, 0, 1, 0));
            assertEquals(ErrorCode.OPERATION_UNSUPPORTED, refused.code());
            assertTrue(refused.getMessage().contains("no cpu controller"), refused.getMessage());
        }
    }

    @Test
    void theVcpusThreadsAreToldApartWhereTheyShareTheGuestsGroup() throws IOException {
        PlacedGuest placed = scene.serviceGuest(
                CgroupVersion.V2, GuestSpec.of(GuestRom.SPINS).withVcpus(2));
        try (Connection connection = open("sched-events")) {
            scene.awaitKnown(connection);
            Domain domain = connection.getDomainByName(placed.name());
            Map<Integer, CpuStats.HostCpu> before = cpus(domain);
            placed.kernel().awaitGrowth(placed.kernel().read(), RUN);
            Map<Integer, CpuStats.HostCpu> after = cpus(domain);
            assertVcpusUsedNoMoreThanTheGuest(after);
            long vcpus = 0;
            for (int cpu : after.keySet()) {
                vcpus += after.get(cpu).vcpuTimeNanos().value()
                        - before.get(cpu).vcpuTimeNanos().value();
            }
            assertTrue(vcpus > RUN.toNanos() * 8 / 10, "the vCPUs used only " + vcpus);
        }
    }

    /** libvirt starts a guest first and makes its vCPUs' groups then: threads that were told apart until then are not any more. */
    @Test
    void vcpusWhoseGroupsComeAfterTheFirstReadingAreNotCountedTwice() throws IOException {
        Guest guest = scene.start(GuestSpec.of(GuestRom.SPINS));
        String path = LibvirtLayout.WITHOUT_SYSTEMD.group(
                UniqueNames.nextLibvirtId(), guest.spec().name());
        ControlGroup group = scene.group(CgroupVersion.V2, path);
        group.move(guest.pid());
        IndependentReader kernel = IndependentReader.of(scene.program("read_cgroup"), CgroupVersion.V2, group);
        try (Connection connection = open("sched-events")) {
            scene.awaitKnown(connection);
            Domain domain = connection.getDomainByName(guest.spec().name());
            long generation = origin(domain).generation();
            group.moveAsLibvirt(guest);
            Await.until(
                    "the vCPUs' groups are noticed",
                    Duration.ofSeconds(20),
                    () -> origin(domain).generation() != generation);
            Map<Integer, CpuStats.HostCpu> before = cpus(domain);
            kernel.awaitGrowth(kernel.read(), RUN);
            Map<Integer, CpuStats.HostCpu> after = cpus(domain);
            for (int cpu : after.keySet()) {
                long whole = after.get(cpu).cpuTimeNanos().value()
                        - before.get(cpu).cpuTimeNanos().value();
                long vcpus = after.get(cpu).vcpuTimeNanos().value()
                        - before.get(cpu).vcpuTimeNanos().value();
                // the vCPUs are read a moment before the whole
                assertTrue(vcpus <= whole + 1_000_000, () -> "vCPUs " + vcpus + " of " + whole + " on CPU " + cpu);
            }
        }
    }

    @Test
    void whereThreadsHaveNoNamesTheVcpusTimeAloneIsMissing() throws IOException {
        PlacedGuest placed = scene.serviceGuest(
                CgroupVersion.V2, GuestSpec.of(GuestRom.SPINS).withoutThreadNames());
        try (Connection connection = open("sched-events")) {
            scene.awaitKnown(connection);
            CpuStats.HostCpu cpu =
                    cpus(connection.getDomainByName(placed.name())).get(0);
            assertTrue(cpu.cpuTimeNanos().isAvailable());
            assertTrue(cpu.vcpuTimeNanos().reason().orElseThrow().contains("debug-threads"), cpu::toString);
        }
    }

    /** Its clock runs on while a hypervisor below has the CPU. */
    @Test
    void performanceEventsCountASpinningGuestByAClockOfTheirOwn() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        placed.guest().pinTo(1);
        try (Connection connection = open("perf")) {
            scene.awaitKnown(connection);
            Domain domain = connection.getDomainByName(placed.name());
            long before = cpus(domain).get(1).cpuTimeNanos().value();
            KernelTimes kernelBefore = placed.kernel().read();
            long expected = placed.kernel().awaitGrowth(kernelBefore, RUN).cpuTime() - kernelBefore.cpuTime();
            Map<Integer, CpuStats.HostCpu> after = cpus(domain);
            assertVcpusUsedNoMoreThanTheGuest(after);
            double ratio = (after.get(1).cpuTimeNanos().value() - before) / (double) expected;
            assertTrue(ratio > 0.8 && ratio < 2, "of cpu.stat's " + ratio);
        }
    }

    @Test
    void aGuestThatIsMovedToAnotherGroupIsAnotherGeneration() throws IOException {
        PlacedGuest placed = scene.serviceGuest(CgroupVersion.V2, GuestSpec.of(GuestRom.SPINS));
        try (Connection connection = open("sched-events")) {
            scene.awaitKnown(connection);
            long generation = origin(connection.getDomainByName(placed.name())).generation();
            PlacedGuest moved = scene.place(CgroupVersion.V2, scene.plainGroup(CgroupVersion.V2), placed.guest());
            Await.until(
                    "the move is noticed",
                    Duration.ofSeconds(20),
                    () -> origin(connection.getDomainByName(moved.name())).generation() != generation);
        }
    }

    @Test
    void switchedOffTheSourcesAreNotAskedAndTheTotalWorks() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection connection = open("off")) {
            scene.awaitKnown(connection);
            CpuStats stats = connection.getDomainByName(placed.name()).cpuStats();
            assertTrue(stats.total().cpuTimeNanos().isAvailable());
            assertFalse(stats.hostCpus().isAvailable());
            assertTrue(String.valueOf(stats.hostCpus().unavailable()).contains("percpu=off"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sched-events", "perf"})
    void aGuestThatIsKilledWhileItIsReadOnEachCpuIsNoDomainAndNothingElse(String source) throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection connection = open(source)) {
            scene.awaitKnown(connection);
            Domain domain = connection.getDomainByName(placed.name());
            cpus(domain);
            ReadingLoop loop = ReadingLoop.startPerCpu(domain);
            loop.awaitReadings(1_000);
            placed.guest().kill();
            loop.assertEndsWith(ErrorCode.NO_DOMAIN);
        }
    }

    @Test
    void connectionsOfOneProcessShareOneSetOfProgramsWhichGoesWithTheLastOne() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        List<String> before = OpenDescriptors.bpf();
        try (Connection first = open("sched-events")) {
            scene.awaitKnown(first);
            cpus(first.getDomainByName(placed.name()));
            List<String> withOne = OpenDescriptors.bpf();
            assertNotEquals(before, withOne);
            try (Connection second = open("sched-events")) {
                scene.awaitKnown(second);
                assertEquals(
                        cpus(first.getDomainByName(placed.name())).keySet(),
                        cpus(second.getDomainByName(placed.name())).keySet());
                assertEquals(withOne, OpenDescriptors.bpf());
            }
            assertEquals(withOne, OpenDescriptors.bpf());
        }
        assertEquals(before, OpenDescriptors.bpf());
    }
}
