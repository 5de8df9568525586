package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.Domain;
import dev.vireo.TypedParameters;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real guests in control groups of version 2, where no file tells the time on each CPU. */
class RealGuestV2IT extends RealGuestContract {
    RealGuestV2IT() {
        super(CgroupVersion.V2);
    }

    /** Which source tells them, and that they are right, is said in tests of their own. */
    @ParameterizedTest
    @EnumSource
    void timesOnEachCpuAreReadInEachLayoutAndSayWhereTheyComeFrom(LibvirtLayout layout) throws IOException {
        PlacedGuest placed = busy(scene.libvirtGuest(CgroupVersion.V2, layout));
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            TypedParameters params = TypedParameters.allocate(2);
            assertEquals(2, domain.getCpuStats(params, 2, 0, 1, 0));
            assertEquals("cpu_time", params.name(0));
            assertEquals("vcpu_time", params.name(1));
            assertFalse(params.origin().orElseThrow().source().isBlank());
        }
    }

    @Test
    void theFriendlyFormHasBothParts() throws IOException {
        PlacedGuest placed = busy(scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD));
        try (Connection connection = scene.connect()) {
            CpuStats stats = connection.getDomainByName(placed.name()).cpuStats();
            assertTrue(stats.total().cpuTimeNanos().value() > 0);
            assertTrue(
                    stats.hostCpus().isAvailable(),
                    () -> String.valueOf(stats.hostCpus().unavailable()));
            assertFalse(stats.hostCpus().cpus().isEmpty());
        }
    }

    /** As in libvirt: the questions for counts read no file, so they are answered. */
    @Test
    void theCountsOfThePatchsSecondSequenceAreAnswered() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            assertTrue(domain.getCpuStats(null, 0, 0, 0, 0) > 0);
            assertTrue(domain.getCpuStats(null, 0, 0, 1, 0) > 0);
        }
    }
}
