package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds when a URI names no socket, or nothing at all: the command sees the private daemon where a system's would be. */
class LibvirtDefaultsIT {
    private static final String PLACE = "mkdir -p /run/libvirt && mount --bind \"$0\" /run/libvirt && exec \"$@\"";

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static LibvirtGuest guest;
    private static JavaProgram program;

    @BeforeAll
    static void startGuest() throws IOException {
        guest = SCENE.start(GuestSpec.of(GuestRom.IDLES));
        program = JavaProgram.readableByAll(SCENE.directory("vireo-it-jars-"));
    }

    private static JavaProgram runBy(String... more) {
        Path sockets = SCENE.daemon().socket().getParent();
        List<String> prefix = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
        prefix.addAll(List.of("sh", "-c", PLACE, sockets.toString()));
        prefix.addAll(List.of(more));
        return program.runBy(prefix.toArray(String[]::new));
    }

    private static void assertLists(String name, CommandRun run) {
        assertTrue(run.requireSuccess().out().contains(name), run::toString);
    }

    @Test
    void aUriWithoutASocketLeadsToTheSystemsDaemon() {
        assertLists(guest.name(), runBy().vireo("-c", "qemu:///system", "list"));
    }

    @Test
    void libvirtAloneIsItsDefault() {
        assertLists(guest.name(), runBy().vireo("-c", "libvirt:", "list"));
    }

    @Test
    void libvirtAloneIsWhatLibvirtsEnvironmentSays() {
        CommandRun run = runBy("env", "LIBVIRT_DEFAULT_URI=test:///default").vireo("-c", "libvirt:", "list");
        assertLists("test", run);
        assertTrue(!run.out().contains(guest.name()), run::toString);
    }

    /** A connection that nobody asked to write takes the socket that is for reading. */
    @Test
    void whoMayOnlyReadReads() throws IOException {
        Path socket = SCENE.daemon().socket();
        var before = Files.getPosixFilePermissions(socket);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwx------"));
        try {
            CommandRun run = runBy("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                    .vireo("-c", "qemu:///system", "cpu-stats", guest.name(), "--total");
            assertTrue(run.requireSuccess().out().startsWith("Total:\n"), run::toString);
            assertEquals("", run.err());
        } finally {
            Files.setPosixFilePermissions(socket, before);
        }
    }
}
