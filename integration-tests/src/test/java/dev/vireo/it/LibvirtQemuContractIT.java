package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.tck.DriverContract;
import dev.vireo.tck.Environment;
import dev.vireo.tck.Opening;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, kept by the passthrough with a guest of a real libvirtd that spins. */
class LibvirtQemuContractIT extends DriverContract {
    static final String LIBVIRTS_URI =
            "a URI of libvirt's reaches libvirt untouched, and it passes over options that it does not know";

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

    /** What virsh prints that it used is what is known of the load. */
    @Override
    protected Duration use(Domain domain, Duration time) throws IOException {
        long before = usedByVirsh();
        AtomicLong used = new AtomicLong();
        Await.until("the guest has used " + time, Duration.ofSeconds(60), () -> {
            used.set(usedByVirsh() - before);
            return used.get() >= time.toNanos();
        });
        return Duration.ofNanos(used.get());
    }

    private static long usedByVirsh() {
        return PrintedStats.parse(guest.printedByVirsh("--total")).get("Total/cpu_time");
    }

    @Override
    protected Environment environment() {
        return Environment.standard()
                .withDomain(guest.name())
                .thatMayBeChanged()
                .withDeviation("1.2", LIBVIRTS_URI);
    }
}
