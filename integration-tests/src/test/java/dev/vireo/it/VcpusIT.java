package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Statistic;
import dev.vireo.VcpuTimes;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The vCPU threads of real guests. */
class VcpusIT {
    @RegisterExtension
    final Scene scene = new Scene();

    static Stream<Arguments> acceleratorsAndReaders() {
        return Stream.of(Guest.fastestAccelerator(), "tcg")
                .distinct()
                .flatMap(
                        accelerator -> Stream.of(VcpuReader.values()).map(reader -> Arguments.of(accelerator, reader)));
    }

    @ParameterizedTest
    @MethodSource("acceleratorsAndReaders")
    void runTimeAndDelayOfEachVcpuLieBetweenTwoReadingsOfTheKernelsFiles(String accelerator, VcpuReader reader)
            throws IOException {
        Guest guest = scene.start(twoBusyVcpus(accelerator));
        ThreadTimes kernel = new ThreadTimes(scene.program("thread_times"), guest);
        scene.clock(guest.pid()).awaitGrowth(Duration.ofMillis(200));
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(guest.spec().name());
            for (int i = 0; i < 10; i++) {
                SortedMap<Integer, ThreadTimes.Times> before = kernel.read();
                SortedMap<Integer, ThreadTimes.Times> ours = reader.read(domain);
                SortedMap<Integer, ThreadTimes.Times> after = kernel.read();
                assertEquals(Set.of(0, 1), ours.keySet());
                ours.forEach((vcpu, times) -> {
                    assertBetween(
                            "run time",
                            before.get(vcpu).run(),
                            times.run(),
                            after.get(vcpu).run());
                    assertBetween(
                            "delay",
                            before.get(vcpu).delay(),
                            times.delay(),
                            after.get(vcpu).delay());
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("acceleratorsAndReaders")
    void theVcpusOfAGuestInASharedGroupHaveRunNoLongerThanTheWholeGuest(String accelerator, VcpuReader reader)
            throws IOException {
        Guest guest = scene.start(twoBusyVcpus(accelerator));
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(guest.spec().name());
            for (int i = 0; i < 20; i++) {
                long vcpus = sum(reader.read(domain));
                long total = domain.cpuStats().total().cpuTimeNanos().value();
                assertTrue(vcpus > 0 && vcpus <= total, () -> vcpus + " <= " + total);
            }
        }
    }

    /** A guest that was moved had run before; so it is the growth that can be compared. */
    @ParameterizedTest
    @EnumSource
    void theVcpusOfAGuestInItsOwnGroupRunNoLongerThanTheWholeGuest(CgroupVersion version) throws IOException {
        PlacedGuest placed = scene.libvirtGuest(
                version, LibvirtLayout.SYSTEMD, GuestSpec.of(GuestRom.SPINS).withVcpus(2));
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            long totalBefore = domain.cpuStats().total().cpuTimeNanos().value();
            long vcpusBefore = sum(VcpuReader.GET_VCPUS.read(domain));
            placed.kernel().awaitGrowth(placed.kernel().read(), Duration.ofMillis(500));
            long vcpus = sum(VcpuReader.GET_VCPUS.read(domain)) - vcpusBefore;
            long total = domain.cpuStats().total().cpuTimeNanos().value() - totalBefore;
            // version 2 counts in microseconds
            assertTrue(vcpus > total / 2 && vcpus <= total + 1_000, () -> vcpus + " <= " + total);
        }
    }

    @Test
    void aGuestWhoseThreadsHaveNoNamesRefusesItsVcpusAndSaysWhatToDo() throws IOException {
        Guest guest = scene.start(GuestSpec.of(GuestRom.SPINS).withoutThreadNames());
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(guest.spec().name());
            VcpuTimes vcpus = VcpuTimes.allocate(1);
            HypervisorException refused = assertThrows(HypervisorException.class, () -> domain.getVcpus(vcpus));
            assertEquals(ErrorCode.OPERATION_UNSUPPORTED, refused.code(), refused::getMessage);
            assertTrue(refused.getMessage().contains("debug-threads=on"), refused::getMessage);
            assertEquals(0, vcpus.size());
        }
    }

    @Test
    void aBulkReadSaysWhyTheVcpusAreMissingAndTellsTheTotal() throws IOException {
        Guest guest = scene.start(GuestSpec.of(GuestRom.SPINS).withoutThreadNames());
        ProcessClock clock = scene.clock(guest.pid());
        try (Connection connection = scene.connect()) {
            long before = clock.readNanos();
            Sweep.Told told = Sweep.of(connection).get(guest.spec().name());
            assertBetween("cpu_time", before, told.value(Statistic.CPU_TIME), clock.readNanos());
            assertTrue(told.all(Statistic.VCPU_TIME).isEmpty());
            String reason = told.reason(Statistic.VCPU_TIME, 0).orElseThrow();
            assertTrue(reason.contains("debug-threads=on"), reason);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGuestWhoseThreadsHaveNoNamesHasATotal(CgroupVersion version) throws IOException {
        PlacedGuest placed =
                scene.serviceGuest(version, GuestSpec.of(GuestRom.SPINS).withoutThreadNames());
        placed.kernel().awaitGrowth(placed.kernel().read(), Duration.ofMillis(100));
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            KernelTimes before = placed.kernel().read();
            long ours = domain.cpuStats().total().cpuTimeNanos().value();
            assertBetween(
                    "cpu_time", before.cpuTime(), ours, placed.kernel().read().cpuTime());
        }
    }

    private static GuestSpec twoBusyVcpus(String accelerator) {
        GuestSpec spec = GuestSpec.of(GuestRom.SPINS).withVcpus(2);
        return accelerator.equals("tcg") ? spec.emulated() : spec;
    }

    private static long sum(SortedMap<Integer, ThreadTimes.Times> vcpus) {
        return vcpus.values().stream().mapToLong(ThreadTimes.Times::run).sum();
    }
}
