package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.tck.Environment;
import dev.vireo.tck.Opening;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, kept by the passthrough with a guest of a real libvirtd that spins. */
class LibvirtQemuContractIT extends LibvirtDriverContract {
    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static @Nullable LibvirtGuest guest;

    /** Most tests leave the guest running for the next one. */
    @Override
    protected Opening opening() throws IOException {
        if (guest == null || !isRunning()) {
            guest = SCENE.start(GuestSpec.of(GuestRom.SPINS));
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
                .thatMayBeChanged()
                .withDeviation("1.2", LIBVIRTS_URI);
    }
}
