package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real guests in control groups of version 2, which have no file that tells the time on each CPU. */
class RealGuestV2IT extends RealGuestContract {
    RealGuestV2IT() {
        super(CgroupVersion.V2);
    }

    @ParameterizedTest
    @EnumSource
    void timesOnEachCpuAreRefusedWithTheReason(LibvirtLayout layout) throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, layout);
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(placed.name());
            TypedParameters params = TypedParameters.allocate(2);
            HypervisorException refused =
                    assertThrows(HypervisorException.class, () -> domain.getCpuStats(params, 2, 0, 1, 0));
            assertEquals(ErrorCode.OPERATION_UNSUPPORTED, refused.code());
            assertTrue(refused.getMessage().contains("cgroup v2"), refused::getMessage);
            assertFalse(params.isSet(0), "what could not be read stays cleared");
        }
    }

    @Test
    void theFriendlyFormHasTheTotalAndSaysWhyTheRestIsMissing() throws IOException {
        PlacedGuest placed = busy(scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD));
        try (Connection connection = scene.connect()) {
            CpuStats stats = connection.getDomainByName(placed.name()).cpuStats();
            assertTrue(stats.total().cpuTimeNanos().value() > 0);
            assertFalse(stats.hostCpus().isAvailable());
            assertFalse(String.valueOf(stats.hostCpus().unavailable()).isBlank());
            assertTrue(stats.hostCpus().cpus().isEmpty());
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
