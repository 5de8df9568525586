package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URIs that lead nowhere, or where one may not go, each with an error that says so and what to do. */
class LibvirtBadInputIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    @Test
    void aPortWhereNobodyListensIsNamed() throws IOException {
        int port = FreePort.find();
        HypervisorException refused = refused("qemu+tcp://127.0.0.1:" + port + "/system");
        assertEquals(ErrorCode.SYSTEM_ERROR, refused.code(), refused::getMessage);
        assertSays(refused, "Connection refused");
        assertSays(refused, Integer.toString(port));
    }

    @Test
    void aHostThatHasNoAddressIsNamed() {
        HypervisorException refused = refused("qemu+tcp://no-such-host.invalid/system");
        assertSays(refused, "no-such-host.invalid");
        assertTrue(refused.libvirtDomain().isPresent(), "libvirt says so");
    }

    /** Without a timeout this waits for as long as the kernel tries: minutes. */
    @Test
    void aHostThatIsDownIsATimeout() throws IOException {
        try (SilentPort port = SilentPort.deaf()) {
            assertTimesOut(port);
        }
    }

    /** Without a timeout this waits for ever. */
    @Test
    void aHostThatSaysNothingIsATimeout() throws IOException {
        try (SilentPort port = SilentPort.mute()) {
            assertTimesOut(port);
        }
    }

    private static void assertTimesOut(SilentPort port) {
        assertTimeoutPreemptively(LIMIT, () -> {
            HypervisorException refused = refused("qemu+tcp://127.0.0.1:" + port.number() + "/system?timeout=1s");
            assertEquals(ErrorCode.OPERATION_TIMEOUT, refused.code(), refused::getMessage);
        });
    }

    @Test
    void aSocketThatIsNotThereIsNamed() throws IOException {
        Path nowhere = SCENE.directory("vireo-it-nowhere-").resolve("libvirt-sock");
        HypervisorException refused = refused("qemu:///system?socket=" + nowhere);
        assertEquals(ErrorCode.SYSTEM_ERROR, refused.code(), refused::getMessage);
        assertSays(refused, nowhere.toString());
    }

    @Test
    void aSocketThatOneMayNotUseNamesTheGroupThatMay() throws IOException {
        Path socket = SCENE.daemon().socket();
        var before = Files.getPosixFilePermissions(socket);
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwx---"));
        try {
            CommandRun run = JavaProgram.readableByAll(SCENE.directory("vireo-it-jars-"))
                    .runBy("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                    .vireo("-c", SCENE.daemon().uri(), "list");
            assertEquals(1, run.exitCode(), run::toString);
            assertTrue(run.err().contains("Permission denied"), run::toString);
            assertTrue(run.err().contains("group 'root'"), run::toString);
            assertEquals("", run.out());
        } finally {
            Files.setPosixFilePermissions(socket, before);
        }
    }

    @Test
    void aUriWithASpaceIsRefusedAndShown() {
        HypervisorException refused = refused("qemu:///system?socket=/no where/libvirt-sock");
        assertSays(refused, "/no where/libvirt-sock");
    }

    @Test
    void aSpaceThatIsWrittenAsAUriWritesItIsUnderstoodByLibvirt() throws IOException {
        Path directory =
                Files.createDirectory(SCENE.directory("vireo-it-space-").resolve("with space"));
        Files.createSymbolicLink(
                directory.resolve("libvirt-sock"), SCENE.daemon().socket());
        String uri = "qemu:///system?socket=" + directory.toString().replace(" ", "%20") + "/libvirt-sock";
        try (Connection connection = Connection.open(uri)) {
            assertTrue(connection.isAlive());
        }
    }

    @Test
    void aFamilyThatLibvirtDoesNotKnowIsRefusedInItsWords() {
        String uri = SCENE.daemon().uri().replace("qemu:", "nonesuch:");
        HypervisorException refused = refused("libvirt:" + uri);
        assertEquals(ErrorCode.NO_CONNECT, refused.code(), refused::getMessage);
        assertSays(refused, "no connection driver available for nonesuch:///system");
    }

    @Test
    void aPathThatLibvirtDoesNotKnowIsRefusedInItsWords() {
        HypervisorException refused = refused(SCENE.daemon().uri().replace("/system", "/sistem"));
        assertSays(refused, "/sistem");
        assertTrue(refused.libvirtDomain().isPresent(), "libvirt says so");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"timeout=soon", "timeout=-1s", "timeout=0s", "keepalive-interval=x", "keepalive-count=many"})
    void anOptionOfOursThatMakesNoSenseIsNamed(String option) {
        HypervisorException refused = refused(SCENE.daemon().uri() + "&" + option);
        assertEquals(ErrorCode.INVALID_ARG, refused.code(), refused::getMessage);
        assertSays(refused, option.substring(0, option.indexOf('=')));
    }

    /** What follows {@code libvirt:} is libvirt's, untouched: an option of ours is none there. */
    @Test
    void optionsOfOursStayInAUriThatIsHandedOnUntouched() throws IOException {
        Path nowhere = SCENE.directory("vireo-it-nowhere-").resolve("sock?timeout=1s");
        HypervisorException refused = refused("libvirt:qemu:///system?socket=" + nowhere);
        assertSays(refused, nowhere.toString());
    }

    /** Whatever libvirt has of each family, it is libvirt that answers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "qemu",
                "lxc",
                "xen",
                "ch",
                "esx",
                "vpx",
                "gsx",
                "hyperv",
                "bhyve",
                "vbox",
                "vz",
                "parallels",
                "openvz",
                "vmwareplayer",
                "vmwarews",
                "vmwarefusion"
            })
    void everyFamilyOfLibvirtsIsAnsweredByLibvirt(String family) throws IOException {
        Path nowhere = SCENE.directory("vireo-it-nowhere-").resolve("libvirt-sock");
        HypervisorException refused = refused(family + "+unix:///system?socket=" + nowhere);
        assertTrue(refused.libvirtDomain().isPresent(), refused::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls", "ssh", "libssh", "libssh2", "ext"})
    void everyTransportOfLibvirtsIsAnsweredByLibvirt(String transport) throws IOException {
        int port = FreePort.find();
        assertTimeoutPreemptively(LIMIT, () -> {
            HypervisorException refused =
                    refused("qemu+" + transport + "://127.0.0.1:" + port + "/system?command=/bin/false&timeout=20s");
            assertTrue(refused.libvirtDomain().isPresent(), refused::getMessage);
        });
    }

    private static HypervisorException refused(String uri) {
        return assertThrows(
                HypervisorException.class, () -> Connection.open(uri).close());
    }

    private static void assertSays(HypervisorException error, String text) {
        assertTrue(error.getMessage().contains(text), () -> "'" + text + "' in: " + error.getMessage());
    }
}
