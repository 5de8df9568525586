package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.Statistic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guests in each of libvirt's layouts, at the same time on the same host. */
class AllLayoutsAtOnceIT {
    /** So much that readings of different guests differ. */
    private static final Duration NOTABLE = Duration.ofMillis(10);

    @RegisterExtension
    final Scene scene = new Scene();

    @ParameterizedTest
    @EnumSource
    void eachGuestHasTheIdOfItsLayoutAndTheTimesOfItsGroup(CgroupVersion version) throws IOException {
        assertEachIsRead(kvmGuests(version));
    }

    @ParameterizedTest
    @EnumSource
    void eachEmulatedGuestHasTheIdOfItsLayoutAndTheTimesOfItsGroup(CgroupVersion version) throws IOException {
        List<Guest> started = scene.startAll(List.of(
                GuestSpec.of(GuestRom.SPINS).emulated(),
                GuestSpec.of(GuestRom.SPINS).emulated()));
        assertEachIsRead(List.of(
                scene.placeAsLibvirt(version, LibvirtLayout.SYSTEMD, started.get(0)),
                scene.placeAsLibvirt(version, LibvirtLayout.BELOW_THE_DAEMON, started.get(1))));
    }

    @ParameterizedTest
    @EnumSource
    void oneBulkReadTellsEachGuestsTimes(CgroupVersion version) throws IOException {
        List<PlacedGuest> guests = kvmGuests(version);
        Map<PlacedGuest, KernelTimes> before = new HashMap<>();
        guests.forEach(placed -> before.put(placed, placed.kernel().read()));
        try (Connection connection = scene.connect()) {
            Sweep sweep = Sweep.of(connection);
            assertAll(guests.stream().map(placed -> () -> {
                Sweep.Told told = sweep.get(placed.name());
                assertTold(
                        before.get(placed), told, placed.id(), placed.kernel().read());
            }));
        }
    }

    private List<PlacedGuest> kvmGuests(CgroupVersion version) throws IOException {
        List<GuestSpec> specs = Stream.generate(() -> GuestSpec.of(GuestRom.SPINS))
                .limit(LibvirtLayout.values().length)
                .toList();
        List<Guest> started = scene.startAll(specs);
        List<PlacedGuest> guests = new ArrayList<>();
        for (LibvirtLayout layout : LibvirtLayout.values()) {
            guests.add(scene.placeAsLibvirt(version, layout, started.get(layout.ordinal())));
        }
        return guests;
    }

    private void assertEachIsRead(List<PlacedGuest> guests) throws IOException {
        SortedMap<String, ControlGroup> groups = new TreeMap<>();
        guests.forEach(placed -> groups.put(placed.name(), placed.group()));
        GroupTotals kernel = new GroupTotals(scene.program("read_totals"), groups);
        Await.until(
                "each of them has run",
                Duration.ofSeconds(60),
                () -> kernel.read().values().stream().allMatch(total -> total >= NOTABLE.toNanos()));
        try (Connection connection = scene.connect()) {
            Map<String, Long> ours = new HashMap<>();
            SortedMap<String, Long> before = kernel.read();
            for (PlacedGuest placed : guests) {
                Domain domain = connection.getDomainByName(placed.name());
                ours.put(placed.name(), domain.cpuStats().total().cpuTimeNanos().value());
            }
            SortedMap<String, Long> after = kernel.read();
            assertAll(guests.stream().map(placed -> () -> {
                String group = placed.group().directory().toString();
                Domain domain = connection.getDomainByUuid(placed.uuid());
                assertEquals(placed.name(), domain.name(), group);
                assertEquals(placed.id(), domain.id(), group);
                assertBetween(group, before.get(placed.name()), ours.get(placed.name()), after.get(placed.name()));
            }));
        }
    }

    private static void assertTold(KernelTimes before, Sweep.Told told, int id, KernelTimes after) {
        String name = told.domain().name();
        assertEquals(id, told.domain().id(), name);
        assertBetween(name, before.cpuTime(), told.value(Statistic.CPU_TIME), after.cpuTime());
        assertBetween(name + " user", before.userTime(), told.value(Statistic.CPU_USER), after.userTime());
        assertBetween(name + " system", before.systemTime(), told.value(Statistic.CPU_SYSTEM), after.systemTime());
        assertEquals(1, told.all(Statistic.VCPU_TIME).size(), name);
        before.cpus()
                .forEach((cpu, time) -> assertBetween(
                        name + " on CPU " + cpu,
                        time,
                        told.all(Statistic.HOST_CPU_TIME).get(cpu),
                        after.cpus().get(cpu)));
        before.vcpus()
                .forEach((cpu, time) -> assertBetween(
                        name + "'s vCPUs on CPU " + cpu,
                        time,
                        told.all(Statistic.HOST_CPU_VCPU_TIME).get(cpu),
                        after.vcpus().get(cpu)));
    }
}
