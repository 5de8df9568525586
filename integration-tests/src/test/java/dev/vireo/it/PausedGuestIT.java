package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.Statistic;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A guest that stands still beside one that runs. */
class PausedGuestIT {
    /** Far more than any reading takes, far less than for ever. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration MEANWHILE = Duration.ofMillis(400);

    @RegisterExtension
    final Scene scene = new Scene();

    private PlacedGuest other;

    void startOther(CgroupVersion version) throws IOException {
        other = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD);
    }

    @ParameterizedTest
    @EnumSource
    void aGuestWhoseQemuHangsIsReadAndHasUsedNothing(CgroupVersion version) throws IOException {
        startOther(version);
        PlacedGuest hung = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD);
        hung.guest().hang();
        try (Connection connection = scene.connect()) {
            assertTimeoutPreemptively(LIMIT, () -> assertEquals(0, usedMeanwhile(connection, hung.name())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGuestThatHangsAfterItWasFoundIsReadAndHasUsedNothing(CgroupVersion version) throws IOException {
        startOther(version);
        PlacedGuest hung = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD);
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(hung.name());
            cpuTime(domain);
            hung.guest().hang();
            assertTimeoutPreemptively(LIMIT, () -> assertEquals(0, usedMeanwhile(domain)));
            assertEquals(domain, connection.getDomainByName(hung.name()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHungGuestThatNobodyManagesIsReadAndHasUsedNothing(CgroupVersion version) throws IOException {
        startOther(version);
        Guest hung = scene.start(GuestSpec.of(GuestRom.SPINS));
        hung.hang();
        try (Connection connection = scene.connect()) {
            assertTimeoutPreemptively(
                    LIMIT,
                    () -> assertEquals(0, usedMeanwhile(connection, hung.spec().name())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGuestThatItsMonitorPausedHardlyUsesAnything(CgroupVersion version) throws IOException {
        startOther(version);
        PlacedGuest paused = pausedGuest(version);
        try (Connection connection = scene.connect()) {
            long used = usedMeanwhile(connection, paused.name());
            assertTrue(used < MEANWHILE.toNanos() / 10, () -> "a paused guest used " + used + " ns");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBulkReadTellsThatOneGuestStandsStillAndTheOtherRuns(CgroupVersion version) throws IOException {
        startOther(version);
        PlacedGuest hung = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD);
        hung.guest().hang();
        PlacedGuest paused = pausedGuest(version);
        try (Connection connection = scene.connect()) {
            assertTimeoutPreemptively(LIMIT, () -> {
                Sweep before = Sweep.of(connection);
                awaitMeanwhile();
                Sweep after = Sweep.of(connection);
                assertEquals(0, used(before, hung, after, Statistic.CPU_TIME));
                assertEquals(0, used(before, hung, after, Statistic.VCPU_TIME));
                assertEquals(0, used(before, paused, after, Statistic.VCPU_TIME));
                assertTrue(used(before, other, after, Statistic.CPU_TIME) >= MEANWHILE.toNanos());
            });
        }
    }

    private PlacedGuest pausedGuest(CgroupVersion version) throws IOException {
        PlacedGuest paused = scene.libvirtGuest(
                version, LibvirtLayout.SYSTEMD, GuestSpec.of(GuestRom.SPINS).withMonitor());
        paused.guest().monitor().pause();
        return paused;
    }

    private void awaitMeanwhile() throws IOException {
        other.kernel().awaitGrowth(other.kernel().read(), MEANWHILE);
    }

    private long usedMeanwhile(Connection connection, String name) throws IOException {
        return usedMeanwhile(connection.getDomainByName(name));
    }

    /** Returns what a guest used while the other one ran, which must be seen, too. */
    private long usedMeanwhile(Domain domain) throws IOException {
        Domain running = domain.connection().getDomainByName(other.name());
        long before = cpuTime(domain);
        long runningBefore = cpuTime(running);
        awaitMeanwhile();
        assertTrue(cpuTime(running) - runningBefore >= MEANWHILE.toNanos());
        return cpuTime(domain) - before;
    }

    private static long used(Sweep before, PlacedGuest placed, Sweep after, Statistic statistic) {
        return after.get(placed.name()).value(statistic)
                - before.get(placed.name()).value(statistic);
    }

    private static long cpuTime(Domain domain) {
        return domain.cpuStats().total().cpuTimeNanos().value();
    }
}
