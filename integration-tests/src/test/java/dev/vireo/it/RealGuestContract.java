package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for a real guest whatever the kind of its control groups. */
abstract class RealGuestContract {
    static final String URI = "qemu+cgroup:///system";

    @RegisterExtension
    final Scene scene = new Scene();

    private final CgroupVersion version;

    RealGuestContract(CgroupVersion version) {
        this.version = version;
    }

    @ParameterizedTest
    @EnumSource
    final void aGuestIsFoundByNameUuidAndLibvirtsId(LibvirtLayout layout) throws IOException {
        PlacedGuest placed = scene.libvirtGuest(version, layout);
        try (Connection connection = scene.connect()) {
            assertIsGuest(placed, connection.getDomainByName(placed.name()));
            assertIsGuest(placed, connection.getDomainByUuid(placed.uuid()));
            assertIsGuest(placed, connection.getDomainById(placed.id()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SYSTEMD", "WITHOUT_SYSTEMD"})
    final void aGuestIsListedOnce(LibvirtLayout layout) throws IOException {
        PlacedGuest placed = scene.libvirtGuest(version, layout);
        try (Connection connection = scene.connect()) {
            List<Domain> listed = connection.listDomains().stream()
                    .filter(domain -> domain.name().equals(placed.name()))
                    .toList();
            assertEquals(1, listed.size());
            assertIsGuest(placed, listed.get(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    final void totalsLieBetweenTwoReadingsOfTheKernelsFiles(LibvirtLayout layout) throws IOException {
        PlacedGuest placed = busy(scene.libvirtGuest(version, layout));
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            TypedParameters totals = TypedParameters.allocate(3);
            for (int i = 0; i < 20; i++) {
                KernelTimes before = placed.kernel().read();
                int filled = domain.getCpuStats(totals, 3, -1, 1, 0);
                KernelTimes after = placed.kernel().read();
                assertEquals(3, filled);
                assertTotals(before, totals, after);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SYSTEMD", "WITHOUT_SYSTEMD"})
    final void theFriendlyFormHasTheSameTotals(LibvirtLayout layout) throws IOException {
        PlacedGuest placed = busy(scene.libvirtGuest(version, layout));
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            KernelTimes before = placed.kernel().read();
            CpuStats.Total total = domain.cpuStats().total();
            KernelTimes after = placed.kernel().read();
            assertBetween("cpu_time", before.cpuTime(), total.cpuTimeNanos().value(), after.cpuTime());
            assertBetween("user_time", before.userTime(), total.userTimeNanos().value(), after.userTime());
            assertBetween(
                    "system_time", before.systemTime(), total.systemTimeNanos().value(), after.systemTime());
        }
    }

    /** With KVM the time in the guest may all be system time, and a user time of 0 proves nothing. */
    @Test
    final void theUserTimeOfAnEmulatedGuestLiesBetweenTwoReadings() throws IOException {
        PlacedGuest placed = busy(scene.libvirtGuest(
                version, LibvirtLayout.SYSTEMD, GuestSpec.of(GuestRom.SPINS).emulated()));
        assertTrue(placed.kernel().read().userTime() > 0);
        try (Connection connection = scene.connect()) {
            assertReadsItsGroup(placed, connection.getDomainByName(placed.name()));
        }
    }

    /** The first of the two sequences in the documentation comment of the patch that brought virDomainGetCPUStats. */
    @Test
    final void theSequenceOfThePatchForTotalsRuns() throws IOException {
        PlacedGuest placed = busy(scene.libvirtGuest(version, LibvirtLayout.SYSTEMD));
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            int nparams = domain.getCpuStats(null, 0, -1, 1, 0);
            TypedParameters params = TypedParameters.allocate(nparams);
            KernelTimes before = placed.kernel().read();
            int filled = domain.getCpuStats(params, nparams, -1, 1, 0);
            assertEquals(nparams, filled);
            assertTotals(before, params, placed.kernel().read());
        }
    }

    @Test
    final void anIdleGuestUsesNothingWhileABusyOneRuns() throws IOException {
        PlacedGuest idle = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD, GuestSpec.of(GuestRom.IDLES));
        PlacedGuest busy = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD);
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(idle.name());
            long before = domain.cpuStats().total().cpuTimeNanos().value();
            busy.kernel().awaitGrowth(busy.kernel().read(), Duration.ofMillis(500));
            long used = domain.cpuStats().total().cpuTimeNanos().value() - before;
            assertTrue(used < Duration.ofMillis(100).toNanos(), () -> "an idle guest used " + used + " ns");
        }
    }

    @RepeatedTest(3)
    final void aGuestThatIsKilledWhileItIsReadIsNoDomainAndNothingElse() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD);
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            ReadingLoop loop = ReadingLoop.start(domain);
            loop.awaitReadings(1_000);
            placed.guest().kill();
            loop.assertEndsWith(ErrorCode.NO_DOMAIN);
            assertEquals(ErrorCode.NO_DOMAIN, ReadingLoop.errorOf(domain::cpuStats));
            assertFalse(connection.findDomainByName(placed.name()).isPresent());
        }
    }

    /** libvirt and systemd remove the groups as soon as the guest has ended, under the readers. */
    @RepeatedTest(3)
    final void aGuestWhoseGroupsVanishWithItIsNoDomainAndNothingElse() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD);
        try (Connection connection = scene.connect()) {
            ReadingLoop loop = ReadingLoop.start(connection.getDomainByName(placed.name()));
            loop.awaitReadings(1_000);
            placed.guest().close();
            placed.group().close();
            loop.assertEndsWith(ErrorCode.NO_DOMAIN);
        }
    }

    @Test
    final void aQemuThatNobodyManagesIsFoundByNameAndItsIdIsThePid() throws IOException {
        PlacedGuest placed = busy(scene.serviceGuest(version, GuestSpec.of(GuestRom.SPINS)));
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            assertEquals(placed.guest().pid(), domain.id());
            assertEquals(placed.uuid(), domain.uuid());
            assertReadsItsGroup(placed, domain);
        }
    }

    @Test
    final void aQemuWithoutNameAndUuidIsCalledByItsPid() throws IOException {
        PlacedGuest placed =
                scene.serviceGuest(version, GuestSpec.of(GuestRom.SPINS).nameless());
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName("qemu-" + placed.guest().pid());
            assertEquals(placed.guest().pid(), domain.id());
            assertReadsItsGroup(placed, domain);
        }
    }

    @Test
    final void aQemuWithoutUuidHasTheSameUuidForEveryConnection() throws IOException {
        PlacedGuest placed =
                scene.serviceGuest(version, GuestSpec.of(GuestRom.SPINS).nameless());
        try (Connection first = scene.connect();
                Connection second = scene.connect()) {
            Domain domain = first.getDomainByName(placed.name());
            assertEquals(domain.id(), second.getDomainByUuid(domain.uuid()).id());
        }
    }

    /** Returns the guest when its counters are well above 0, so that equal readings prove something. */
    final PlacedGuest busy(PlacedGuest placed) throws IOException {
        placed.kernel().awaitGrowth(placed.kernel().read(), Duration.ofMillis(200));
        return placed;
    }

    private static void assertIsGuest(PlacedGuest placed, Domain domain) {
        assertEquals(placed.name(), domain.name());
        assertEquals(placed.uuid(), domain.uuid());
        assertEquals(placed.id(), domain.id());
    }

    private static void assertReadsItsGroup(PlacedGuest placed, Domain domain) {
        TypedParameters totals = TypedParameters.allocate(3);
        KernelTimes before = placed.kernel().read();
        domain.getCpuStats(totals, 3, -1, 1, 0);
        assertTotals(before, totals, placed.kernel().read());
    }

    private static void assertTotals(KernelTimes before, TypedParameters totals, KernelTimes after) {
        assertEquals("cpu_time", totals.name(0));
        assertEquals("user_time", totals.name(1));
        assertEquals("system_time", totals.name(2));
        assertBetween("cpu_time", before.cpuTime(), totals.unsignedLong(0), after.cpuTime());
        assertBetween("user_time", before.userTime(), totals.unsignedLong(1), after.userTime());
        assertBetween("system_time", before.systemTime(), totals.unsignedLong(2), after.systemTime());
    }
}
