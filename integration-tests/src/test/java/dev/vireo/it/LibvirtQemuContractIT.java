package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.tck.Environment;
import dev.vireo.tck.Opening;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, kept by the passthrough with a guest of a real libvirtd that spins. */
class LibvirtQemuContractIT extends LibvirtDriverContract {
    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static final GuestSpec SPINS = GuestSpec.of(GuestRom.SPINS);

    private static @Nullable LibvirtGuest guest;
    private static LibvirtGuest idle;
    private static LibvirtGuest inactive;

    @BeforeAll
    static void startIdleGuest() throws IOException {
        idle = SCENE.start(GuestSpec.of(GuestRom.IDLES));
        inactive = SCENE.define(GuestSpec.of(GuestRom.IDLES));
    }

    /** Most tests leave the guest running for the next one. */
    @Override
    protected Opening opening() throws IOException {
        if (guest == null || !isRunning()) {
            guest = SCENE.start(SPINS);
        }
        return Opening.of(SCENE.daemon().uri());
    }

    private static boolean isRunning() {
        try (Connection connection = SCENE.connect()) {
            return connection.findDomainByName(guest.name()).isPresent();
        }
    }

    @Override
    String totalByVirsh() {
        return guest.printedByVirsh("--total");
    }

    @Override
    protected Environment environment() {
        return Environment.standard()
                .withDomain(guest.name())
                .withIdleDomain(idle.name())
                .withInactiveDomain(inactive.name())
                .thatMayBeChanged()
                .withRestart(domain -> SCENE.start(SPINS))
                .withFailing(Opening.of("qemu+unix:///system?socket=/no-such-socket"))
                .withUntested("1.5", LIBVIRT_IS_HERE)
                .withDeviation("1.2", LIBVIRTS_URI);
    }
}
