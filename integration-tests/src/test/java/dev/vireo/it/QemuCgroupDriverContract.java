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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, kept by the native driver with a real guest that spins. */
abstract class QemuCgroupDriverContract extends DriverContract {
    private static final String NO_CONTROLLER =
            "the guest's group, made for counting, is not under a cpu controller here";

    private static Scene idleScene;

    @RegisterExtension
    final Scene scene = new Scene();

    private final CgroupVersion version;
    private PlacedGuest placed;
    private static PlacedGuest idle;

    QemuCgroupDriverContract(CgroupVersion version) {
        this.version = version;
    }

    /** One guest that idles does for all tests. */
    static void startIdleGuest(CgroupVersion version) throws IOException {
        idleScene = new Scene();
        idleScene.beforeEach(null);
        idle = idleScene.libvirtGuest(version, LibvirtLayout.SYSTEMD, GuestSpec.of(GuestRom.IDLES));
    }

    @AfterAll
    static void endIdleGuest() throws Exception {
        idleScene.afterEach(null);
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
                .withIdleDomain(idle.name())
                .withEnding(domain -> placed.guest().kill())
                .withRestart(domain -> startAgain())
                .withDeclined(Opening.of(RealGuestContract.URI + "?procfs=/no-such-directory"))
                .withFailing(Opening.of(RealGuestContract.URI + "?procfs=/sys"))
                .withUntested("7.8", "a guest that does not run is nowhere to be seen");
        return placed == null || hasCpuController()
                ? environment
                : environment.withDeviation("5.4", NO_CONTROLLER).withDeviation("5.5", NO_CONTROLLER);
    }

    private void startAgain() throws IOException {
        placed = scene.libvirtGuest(
                version, LibvirtLayout.SYSTEMD, placed.guest().spec());
    }

    /** The hierarchy that counts need not be the one that weighs. */
    private boolean hasCpuController() {
        Path group = placed.group().directory();
        return Files.exists(group.resolve("cpu.shares")) || Files.exists(group.resolve("cpu.weight"));
    }
}
