package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * The guests and control groups of one test. All of them end with the test, whatever fails, and with the JVM if it is
 * stopped in the middle; a failure shows what QEMU said.
 */
final class Scene implements BeforeEachCallback, AfterEachCallback, TestExecutionExceptionHandler {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<Guest> guests = new ArrayList<>();
    private final Thread atExit = new Thread(this::closeAllQuietly, "end guests");
    private Path directory;

    @Override
    public void beforeEach(ExtensionContext context) {
        Requirements.realGuest();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path directory() throws IOException {
        if (directory == null) {
            directory = Files.createTempDirectory("vireo-it-");
            opened(() -> deleteTree(directory));
        }
        return directory;
    }

    /** Starts a busy guest with one vCPU, in groups of libvirt's layout. */
    PlacedGuest libvirtGuest(CgroupVersion version, LibvirtLayout layout) throws IOException {
        return libvirtGuest(version, layout, 1, GuestRom.SPINS);
    }

    PlacedGuest libvirtGuest(CgroupVersion version, LibvirtLayout layout, int vcpus, GuestRom rom) throws IOException {
        return libvirtGuest(version, layout, vcpus, rom, Guest.fastestAccelerator());
    }

    /** Starts a busy guest without KVM: translated code is a process's own, so it is user time. */
    PlacedGuest emulatedGuest(CgroupVersion version) throws IOException {
        return libvirtGuest(version, LibvirtLayout.SYSTEMD, 1, GuestRom.SPINS, "tcg");
    }

    private PlacedGuest libvirtGuest(
            CgroupVersion version, LibvirtLayout layout, int vcpus, GuestRom rom, String accelerator)
            throws IOException {
        Requirements.cgroup(version);
        String name = UniqueNames.next();
        UUID uuid = UUID.randomUUID();
        int id = UniqueNames.nextLibvirtId();
        Path files = directory();
        ControlGroup group = opened(ControlGroup.make(version, layout.group(id, name)));
        Guest guest = opened(Guest.start(files, name, uuid, vcpus, rom, accelerator));
        guests.add(guest);
        group.moveAsLibvirt(guest);
        return new PlacedGuest(name, uuid, id, guest, group, IndependentReader.compile(files, version, group));
    }

    /** Starts a busy guest that nobody manages, alone in the group of a service. */
    PlacedGuest serviceGuest(CgroupVersion version) throws IOException {
        String name = UniqueNames.next();
        UUID uuid = UUID.randomUUID();
        return inService(
                version,
                name,
                uuid,
                Guest.start(directory(), name, uuid, 1, GuestRom.SPINS, Guest.fastestAccelerator()));
    }

    /** Starts a busy guest without name and uuid, alone in the group of a service. */
    PlacedGuest namelessGuest(CgroupVersion version) throws IOException {
        Guest guest = Guest.startNameless(directory());
        return inService(version, "qemu-" + guest.pid(), new UUID(0, 0), guest);
    }

    private PlacedGuest inService(CgroupVersion version, String name, UUID uuid, Guest guest) throws IOException {
        opened(guest);
        guests.add(guest);
        Requirements.cgroup(version);
        ControlGroup group = opened(ControlGroup.make(version, UniqueNames.next() + "/plain.service"));
        group.move(guest);
        return new PlacedGuest(name, uuid, -1, guest, group, IndependentReader.compile(directory(), version, group));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        synchronized (open) {
            open.push(resource);
        }
        return resource;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        for (Guest guest : guests) {
            failure.addSuppressed(new Throwable(guest.errors()));
        }
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        try {
            closeAll();
        } finally {
            removeExitHook();
        }
    }

    private void removeExitHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException stopping) {
            // then it is running, and finds nothing to do
        }
    }

    /** Guests are killed before their groups are removed; what fails keeps nothing else from being closed. */
    private void closeAll() throws Exception {
        guests.forEach(Guest::kill);
        Exception failure = null;
        for (AutoCloseable next = nextToClose(); next != null; next = nextToClose()) {
            try {
                next.close();
            } catch (Exception | AssertionError failed) {
                failure = failure == null ? new IOException("could not clean up", failed) : failure;
                failure.addSuppressed(failed);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void closeAllQuietly() {
        try {
            closeAll();
        } catch (Exception failed) {
            System.err.println("could not clean up at exit: " + failed);
        }
    }

    private AutoCloseable nextToClose() {
        synchronized (open) {
            return open.poll();
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
