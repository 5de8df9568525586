package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.ErrorCode;
import dev.vireo.Statistic;
import dev.vireo.VcpuTimes;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A guest that ends and is started again under the same name and uuid. */
class RestartedGuestIT {
    @RegisterExtension
    final Scene scene = new Scene();

    @ParameterizedTest
    @EnumSource
    void theOldDomainIsGoneAndTheNewOneHasTheTimesOfTheNewRun(CgroupVersion version) throws IOException {
        PlacedGuest first = busy(scene.libvirtGuest(version, LibvirtLayout.SYSTEMD));
        try (Connection connection = scene.connect()) {
            Domain old = connection.getDomainByName(first.name());
            long oldTime = cpuTime(old);
            PlacedGuest second = restarted(version, first, connection);
            assertEquals(ErrorCode.NO_DOMAIN, ReadingLoop.errorOf(old::cpuStats));
            Domain now = connection.getDomainByName(first.name());
            assertNotEquals(old, now);
            assertEquals(second.id(), now.id());
            assertEquals(now, connection.getDomainByUuid(first.uuid()));
            long newTime = cpuTime(now);
            assertTrue(newTime < oldTime, () -> newTime + " < " + oldTime);
            assertEquals(ErrorCode.NO_DOMAIN, ReadingLoop.errorOf(old::cpuStats));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theVcpusOfTheOldDomainAreGone(CgroupVersion version) throws IOException {
        PlacedGuest first = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD);
        try (Connection connection = scene.connect()) {
            Domain old = connection.getDomainByName(first.name());
            VcpuTimes vcpus = VcpuTimes.allocate(1);
            old.getVcpus(vcpus);
            restarted(version, first, connection);
            assertEquals(ErrorCode.NO_DOMAIN, ReadingLoop.errorOf(() -> old.getVcpus(vcpus)));
            assertEquals(0, vcpus.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBulkReadTellsOfTheNewRunOnly(CgroupVersion version) throws IOException {
        PlacedGuest first = busy(scene.libvirtGuest(version, LibvirtLayout.SYSTEMD));
        try (Connection connection = scene.connect()) {
            Sweep.Told old = Sweep.of(connection).get(first.name());
            PlacedGuest second = restarted(version, first, connection);
            Sweep.Told now = Sweep.of(connection).get(first.name());
            DomainRef run = now.domain();
            assertNotEquals(old.domain(), run);
            assertEquals(second.id(), run.id());
            assertEquals(run, Sweep.of(connection).get(first.name()).domain());
            assertTrue(now.value(Statistic.CPU_TIME) < old.value(Statistic.CPU_TIME));
            assertTrue(now.value(Statistic.VCPU_TIME) < old.value(Statistic.VCPU_TIME));
        }
    }

    private PlacedGuest restarted(CgroupVersion version, PlacedGuest first, Connection connection) throws IOException {
        first.guest().close();
        first.group().close();
        PlacedGuest second =
                scene.libvirtGuest(version, LibvirtLayout.SYSTEMD, first.guest().spec());
        scene.awaitKnown(connection);
        return second;
    }

    /** Returns the guest when it has used more than a new one has until it is read. */
    private static PlacedGuest busy(PlacedGuest placed) throws IOException {
        placed.kernel().awaitGrowth(placed.kernel().read(), Duration.ofSeconds(1));
        return placed;
    }

    private static long cpuTime(Domain domain) {
        return domain.cpuStats().total().cpuTimeNanos().value();
    }
}
