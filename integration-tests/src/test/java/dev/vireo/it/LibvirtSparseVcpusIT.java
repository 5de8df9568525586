package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.VcpuTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A guest whose vCPU 1 was taken out: its vCPUs are 0 and 2, and keep their numbers. */
class LibvirtSparseVcpusIT {
    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static LibvirtGuest guest;

    @BeforeAll
    static void startGuest() throws IOException {
        guest = SCENE.define(GuestSpec.of(GuestRom.IDLES).withVcpus(3));
        Path xml = SCENE.daemon().root().resolve("sparse.xml");
        Files.writeString(xml, DomainXml.withoutVcpu1(guest.xml()));
        SCENE.daemon().virsh("define", xml.toString()).requireSuccess();
        guest.start();
    }

    @Test
    void getVcpusTellsTheNumbersThatThereAre() {
        try (Connection connection = SCENE.connect()) {
            VcpuTimes vcpus = VcpuTimes.allocate(4);
            connection.getDomainByName(guest.name()).getVcpus(vcpus);
            Set<Integer> numbers = new TreeSet<>();
            for (int row = 0; row < vcpus.size(); row++) {
                numbers.add(vcpus.number(row));
                assertTrue(vcpus.has(row, VcpuTimes.Column.DELAY), "the delay of row " + row);
            }
            assertEquals(Set.of(0, 2), numbers);
        }
    }

    @Test
    void aBulkReadTellsTheNumbersThatThereAre() {
        try (Connection connection = SCENE.connect()) {
            Sweep.Told told = Sweep.of(connection, EnumSet.of(StatsGroup.VCPU)).get(guest.name());
            assertEquals(Set.of(0, 2), told.all(Statistic.VCPU_TIME).keySet());
            assertEquals(Set.of(0, 2), told.all(Statistic.VCPU_DELAY).keySet());
        }
    }
}
