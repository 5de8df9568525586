package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A guest on a host with both versions of control groups, in a group of each. */
class HierarchyChoiceIT {
    @RegisterExtension
    final Scene scene = new Scene();

    @ParameterizedTest
    @EnumSource
    void theHierarchyWhoseGroupIsTheGuestsOwnIsReadAndNotTheOneThatItShares(CgroupVersion own) throws IOException {
        CgroupVersion shared = own == CgroupVersion.V1 ? CgroupVersion.V2 : CgroupVersion.V1;
        Guest guest = scene.start(GuestSpec.of(GuestRom.SPINS));
        shareAGroup(guest, shared);
        assertReads(scene.place(own, scene.plainGroup(own), guest), own);
    }

    @ParameterizedTest
    @EnumSource
    void theHierarchyWhereLibvirtPutTheGuestIsReadAndNotTheOneThatItShares(CgroupVersion own) throws IOException {
        CgroupVersion shared = own == CgroupVersion.V1 ? CgroupVersion.V2 : CgroupVersion.V1;
        Guest guest = scene.start(GuestSpec.of(GuestRom.SPINS));
        shareAGroup(guest, shared);
        assertReads(scene.placeAsLibvirt(own, LibvirtLayout.SYSTEMD, guest), own);
    }

    @Test
    void versionOneIsReadIfBothAreTheGuestsOwnSinceItCountsOnEachCpu() throws IOException {
        Guest guest = scene.start(GuestSpec.of(GuestRom.SPINS));
        scene.place(CgroupVersion.V2, scene.plainGroup(CgroupVersion.V2), guest);
        assertReads(scene.place(CgroupVersion.V1, scene.plainGroup(CgroupVersion.V1), guest), CgroupVersion.V1);
    }

    private void shareAGroup(Guest guest, CgroupVersion version) throws IOException {
        ControlGroup group = scene.plainGroup(version);
        group.move(guest.pid());
        group.move(scene.spinner().pid());
    }

    private void assertReads(PlacedGuest placed, CgroupVersion version) throws IOException {
        placed.kernel().awaitGrowth(placed.kernel().read(), Duration.ofMillis(200));
        try (Connection connection = scene.connect()) {
            KernelTimes before = placed.kernel().read();
            CpuStats.Total total =
                    connection.getDomainByName(placed.name()).cpuStats().total();
            assertBetween(
                    "cpu_time",
                    before.cpuTime(),
                    total.cpuTimeNanos().value(),
                    placed.kernel().read().cpuTime());
            String source = total.origin().orElseThrow().source();
            assertTrue(source.contains(version == CgroupVersion.V1 ? "cpuacct.usage" : "cpu.stat"), source);
        }
    }
}
