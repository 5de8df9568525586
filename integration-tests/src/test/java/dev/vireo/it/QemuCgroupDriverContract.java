package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.tck.DriverContract;
import dev.vireo.tck.Environment;
import dev.vireo.tck.Opening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, kept by the native driver with a real guest that spins. */
abstract class QemuCgroupDriverContract extends DriverContract {
    private static final String NO_CONTROLLER =
            "the guest's group, made for counting, is not under a cpu controller here";

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
        Environment environment = Environment.standard()
                .withDomain(placed == null ? "" : placed.name())
                .withEnding(domain -> placed.guest().kill());
        return placed == null || hasCpuController()
                ? environment
                : environment.withDeviation("5.4", NO_CONTROLLER).withDeviation("5.5", NO_CONTROLLER);
    }

    /** The hierarchy that counts need not be the one that weighs. */
    private boolean hasCpuController() {
        Path group = placed.group().directory();
        return Files.exists(group.resolve("cpu.shares")) || Files.exists(group.resolve("cpu.weight"));
    }
}
