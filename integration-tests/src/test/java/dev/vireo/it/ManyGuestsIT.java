package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.Statistic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fifty guests at once, half of them in groups of each version. */
class ManyGuestsIT {
    private static final int GUESTS = 50;
    private static final int STARTED_AT_ONCE = 10;

    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void allAreFoundAndReadEachWithItsOwnTimes() throws IOException {
        Map<String, CgroupVersion> versions = new TreeMap<>();
        SortedMap<String, ControlGroup> groups = start(versions);
        GroupTotals kernel = new GroupTotals(scene.program("read_totals"), groups);
        try (Connection connection = scene.connect()) {
            assertEachByItself(kernel, connection);
            for (int i = 0; i < 3; i++) {
                SortedMap<String, Long> before = kernel.read();
                Sweep sweep = Sweep.of(connection);
                SortedMap<String, Long> after = kernel.read();
                versions.forEach((name, version) -> {
                    assertTold(sweep.get(name), version);
                    assertBetween(name, before.get(name), sweep.get(name).value(Statistic.CPU_TIME), after.get(name));
                });
            }
        }
    }

    private SortedMap<String, ControlGroup> start(Map<String, CgroupVersion> versions) throws IOException {
        SortedMap<String, ControlGroup> groups = new TreeMap<>();
        for (int batch = 0; batch < GUESTS / STARTED_AT_ONCE; batch++) {
            List<GuestSpec> specs = Stream.generate(() -> GuestSpec.of(GuestRom.IDLES))
                    .limit(STARTED_AT_ONCE)
                    .toList();
            for (Guest guest : scene.startAll(specs)) {
                CgroupVersion version = groups.size() % 2 == 0 ? CgroupVersion.V1 : CgroupVersion.V2;
                PlacedGuest placed = scene.placeAsLibvirt(version, layout(groups.size()), guest);
                groups.put(placed.name(), placed.group());
                versions.put(placed.name(), version);
            }
        }
        return groups;
    }

    private static LibvirtLayout layout(int number) {
        LibvirtLayout[] layouts = LibvirtLayout.values();
        return layouts[number % layouts.length];
    }

    private static void assertEachByItself(GroupTotals kernel, Connection connection) {
        SortedMap<String, Long> before = kernel.read();
        Map<String, Long> ours = new TreeMap<>();
        List<Domain> listed = new ArrayList<>(connection.listDomains());
        listed.removeIf(domain -> !before.containsKey(domain.name()));
        assertEquals(GUESTS, listed.size());
        listed.forEach(domain ->
                ours.put(domain.name(), domain.cpuStats().total().cpuTimeNanos().value()));
        SortedMap<String, Long> after = kernel.read();
        before.forEach((name, time) -> assertBetween(name, time, ours.get(name), after.get(name)));
    }

    private static void assertTold(Sweep.Told told, CgroupVersion version) {
        assertEquals(1, told.all(Statistic.VCPU_TIME).size(), told::toString);
        assertEquals(1, told.all(Statistic.VCPU_DELAY).size(), told::toString);
        assertFalse(told.all(Statistic.HOST_CPU_TIME).isEmpty(), () -> version + ": " + told);
    }
}
