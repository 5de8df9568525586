package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vireo.Connection;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guests that are killed while all of them are read at once. */
class KilledInABulkReadIT {
    private static final int GUESTS = 8;

    @RegisterExtension
    final Scene scene = new Scene();

    @ParameterizedTest
    @EnumSource
    void aKilledGuestIsNotToldAnyMoreAndTheOthersAre(CgroupVersion version) throws IOException {
        List<Guest> guests = scene.startAll(Stream.generate(() -> GuestSpec.of(GuestRom.IDLES))
                .limit(GUESTS)
                .toList());
        for (Guest guest : guests) {
            scene.placeAsLibvirt(version, LibvirtLayout.SYSTEMD, guest);
        }
        try (Connection connection = scene.connect();
                SweepLoop loop = SweepLoop.start(connection)) {
            loop.awaitMore(50);
            for (int killed = 0; killed < GUESTS - 1; killed++) {
                guests.get(killed).close();
                // the first one of them may have begun before
                assertTold(guests, killed + 1, loop.awaitMore(2));
            }
        }
    }

    /** The groups go, too, as libvirt and systemd remove them at once. */
    @ParameterizedTest
    @EnumSource
    void aGuestWhoseGroupsVanishWithItIsNotToldAnyMoreAndTheOtherIs(CgroupVersion version) throws IOException {
        PlacedGuest killed = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD);
        PlacedGuest other = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD);
        try (Connection connection = scene.connect();
                SweepLoop loop = SweepLoop.start(connection)) {
            loop.awaitMore(50);
            killed.guest().close();
            killed.group().close();
            assertTold(List.of(killed.guest(), other.guest()), 1, loop.awaitMore(2));
        }
    }

    private static void assertTold(List<Guest> guests, int firstAlive, Sweep sweep) {
        guests.subList(0, firstAlive)
                .forEach(dead -> assertFalse(sweep.find(dead.spec().name()).isPresent()));
        guests.subList(firstAlive, guests.size())
                .forEach(alive -> sweep.get(alive.spec().name()));
    }
}
