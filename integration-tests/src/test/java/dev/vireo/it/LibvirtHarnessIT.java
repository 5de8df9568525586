package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the tests of the passthrough stand on does what they think it does. */
class LibvirtHarnessIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    @Test
    void virshSeesTheGuestsOfThePrivateDaemonAlone() throws IOException {
        LibvirtGuest guest = SCENE.start(GuestSpec.of(GuestRom.IDLES));
        List<String> names = SCENE.daemon()
                .virsh("list", "--name")
                .requireSuccess()
                .out()
                .lines()
                .filter(name -> !name.isEmpty())
                .toList();
        assertTrue(names.contains(guest.name()), names::toString);
        assertTrue(names.stream().allMatch(name -> name.startsWith("vireo-it-")), names::toString);
        guest.destroy();
    }

    @Test
    void aGuestIsAQemuThatEndsWhenLibvirtDestroysIt() throws IOException {
        LibvirtGuest guest = SCENE.start(GuestSpec.of(GuestRom.SPINS));
        Path process = Path.of("/proc", Integer.toString(guest.qemuPid()));
        assertTrue(Files.readString(process.resolve("cmdline")).contains(guest.name()));
        guest.destroy();
        assertFalse(Files.exists(process));
    }

    @Test
    void aStoppedDaemonAnswersNobodyUntilItIsResumed() throws IOException, InterruptedException {
        LibvirtDaemon daemon = SCENE.daemon();
        daemon.stop();
        Process virsh = new ProcessBuilder("virsh", "--connect", daemon.uri(), "uri").start();
        assertFalse(virsh.waitFor(300, TimeUnit.MILLISECONDS));
        daemon.resume();
        assertEquals(0, virsh.waitFor());
    }

    @Test
    void aGuestOutlivesTheDaemonThatStartedIt() throws IOException {
        LibvirtGuest guest = SCENE.start(GuestSpec.of(GuestRom.IDLES));
        int pid = guest.qemuPid();
        SCENE.daemon().kill();
        SCENE.daemon().startAgain();
        assertEquals(pid, guest.qemuPid());
        assertTrue(SCENE.daemon().virsh("list", "--name").out().contains(guest.name()));
        guest.destroy();
    }

    @Test
    void aClosedDaemonHasEndedWithItsGuestsAndLeavesNoFile() throws IOException {
        LibvirtDaemon daemon = LibvirtDaemon.start(LibvirtHierarchy.V1, LibvirtConfiguration.socketOnly());
        LibvirtGuest guest = LibvirtGuest.create(daemon, GuestSpec.of(GuestRom.SPINS));
        Path daemonProcess = Path.of("/proc", Integer.toString(daemon.pid()));
        Path qemu = Path.of("/proc", Integer.toString(guest.qemuPid()));
        guest.hang();
        daemon.close();
        assertFalse(Files.exists(daemonProcess));
        assertFalse(Files.exists(qemu));
        assertFalse(Files.exists(daemon.root()));
        LeftoverGroups.remove(List.of(guest.name()));
        Path group = CgroupVersion.V1.mountPoint().orElseThrow().resolve("machine");
        Await.until("no group of the guest is left", LIMIT, () -> !hasGroupOf(group, guest.name()));
    }

    private static boolean hasGroupOf(Path parent, String name) throws IOException {
        if (!Files.isDirectory(parent)) {
            return false;
        }
        try (var groups = Files.list(parent)) {
            return groups.anyMatch(group -> group.toString().contains(name));
        }
    }
}
