package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.Statistic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guests in each of libvirt's layouts, at the same time on the same host. */
class AllLayoutsAtOnceIT {
    @RegisterExtension
    final Scene scene = new Scene();

    @ParameterizedTest
    @EnumSource
    void eachGuestHasTheIdOfItsLayoutAndTheTimesOfItsGroup(CgroupVersion version) throws IOException {
        Map<LibvirtLayout, PlacedGuest> guests = kvmGuests(version);
        try (Connection connection = Connection.open(RealGuestContract.URI)) {
            assertEach(guests.values(), placed -> assertIsReadByItself(connection, placed));
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachEmulatedGuestHasTheIdOfItsLayoutAndTheTimesOfItsGroup(CgroupVersion version) throws IOException {
        List<Guest> started = scene.startAll(List.of(
                GuestSpec.of(GuestRom.SPINS).emulated(),
                GuestSpec.of(GuestRom.SPINS).emulated()));
        List<PlacedGuest> guests = List.of(
                scene.placeAsLibvirt(version, LibvirtLayout.SYSTEMD, started.get(0)),
                scene.placeAsLibvirt(version, LibvirtLayout.BELOW_THE_DAEMON, started.get(1)));
        try (Connection connection = Connection.open(RealGuestContract.URI)) {
            assertEach(guests, placed -> assertIsReadByItself(connection, placed));
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneBulkReadTellsEachGuestsTimes(CgroupVersion version) throws IOException {
        Map<LibvirtLayout, PlacedGuest> guests = kvmGuests(version);
        Map<PlacedGuest, KernelTimes> before = new HashMap<>();
        guests.values().forEach(placed -> before.put(placed, placed.kernel().read()));
        try (Connection connection = Connection.open(RealGuestContract.URI)) {
            Sweep sweep = Sweep.of(connection);
            assertEach(
                    guests.values(),
                    placed -> assertTold(
                            before.get(placed),
                            sweep.get(placed.name()),
                            placed.id(),
                            placed.kernel().read()));
        }
    }

    private Map<LibvirtLayout, PlacedGuest> kvmGuests(CgroupVersion version) throws IOException {
        List<GuestSpec> specs = new ArrayList<>();
        for (int i = 0; i < LibvirtLayout.values().length; i++) {
            specs.add(GuestSpec.of(GuestRom.SPINS));
        }
        List<Guest> started = scene.startAll(specs);
        Map<LibvirtLayout, PlacedGuest> guests = new EnumMap<>(LibvirtLayout.class);
        for (LibvirtLayout layout : LibvirtLayout.values()) {
            guests.put(layout, scene.placeAsLibvirt(version, layout, started.get(layout.ordinal())));
        }
        return guests;
    }

    @FunctionalInterface
    private interface Check {
        void on(PlacedGuest placed) throws IOException;
    }

    private static void assertEach(Collection<PlacedGuest> guests, Check check) {
        Assertions.assertAll(guests.stream().map(placed -> (Executable) () -> check.on(placed)));
    }

    private static void assertIsReadByItself(Connection connection, PlacedGuest placed) throws IOException {
        placed.kernel().awaitGrowth(placed.kernel().read(), Duration.ofMillis(10));
        Domain domain = connection.getDomainByName(placed.name());
        String group = placed.group().directory().toString();
        assertEquals(placed.id(), domain.id(), group);
        assertEquals(placed.uuid(), domain.uuid(), group);
        KernelTimes before = placed.kernel().read();
        long ours = domain.cpuStats().total().cpuTimeNanos().value();
        assertBetween(group, before.cpuTime(), ours, placed.kernel().read().cpuTime());
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
