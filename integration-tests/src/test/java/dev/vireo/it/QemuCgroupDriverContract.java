package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.tck.DriverContract;
import dev.vireo.tck.Environment;
import dev.vireo.tck.Opening;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, kept by the native driver with a real guest that spins. */
abstract class QemuCgroupDriverContract extends DriverContract {
    @RegisterExtension
    final Scene scene = new Scene();

    private final CgroupVersion version;
    private PlacedGuest placed;

    QemuCgroupDriverContract(CgroupVersion version) {
        this.version = version;
    }

    @Override
    protected Opening opening() throws IOException {
        placed = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD);
        try (Connection connection = Connection.open(RealGuestContract.URI)) {
            scene.awaitKnown(connection);
        }
        return Opening.of(RealGuestContract.URI);
    }

    /** What the kernel says that it used is what is known of the load. */
    @Override
    protected Duration use(Domain domain, Duration time) throws IOException {
        KernelTimes before = placed.kernel().read();
        KernelTimes after = placed.kernel().awaitGrowth(before, time);
        return Duration.ofNanos(after.cpuTime() - before.cpuTime());
    }

    @Override
    protected Environment environment() {
        return Environment.standard()
                .withDomain(placed == null ? "" : placed.name())
                .withEnding(domain -> placed.guest().kill());
    }
}
