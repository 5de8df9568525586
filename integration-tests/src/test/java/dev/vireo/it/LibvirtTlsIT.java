package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A libvirtd on the network that shows a certificate and asks for one. */
class LibvirtTlsIT {
    private static final int FROM_RPC = 7;

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static Path directory;
    private static CertificateAuthority authority;
    private static CertificateAuthority stranger;
    private static PkiDirectory client;
    private static String address;

    @BeforeAll
    static void startDaemon() throws IOException {
        Requirements.remoteLibvirt();
        directory = SCENE.directory("vireo-it-tls-");
        authority = CertificateAuthority.in(directory.resolve("ours"));
        stranger = CertificateAuthority.in(directory.resolve("theirs"));
        client = PkiDirectory.ofClient(directory.resolve("client"), authority.certificate(), authority.valid("client"));
        address = startDaemon("daemon", authority.valid("daemon"));
    }

    private static String startDaemon(String name, Certificate certificate) throws IOException {
        PkiDirectory own = PkiDirectory.ofDaemon(directory.resolve(name), authority.certificate(), certificate);
        int port = FreePort.find();
        SCENE.startDaemon(LibvirtConfiguration.socketOnly().withTls(port, own));
        return "qemu+tls://127.0.0.1:" + port + "/system";
    }

    private static String uri(String daemon, PkiDirectory certificates) {
        return daemon + "?pkipath=" + certificates.path();
    }

    @Test
    void certificatesThatEachTrustsOpen() {
        try (Connection connection = Connection.open(uri(address, client))) {
            assertTrue(connection.isAlive());
            assertEquals(HostCpus.ids(), connection.getNodeCpuMap().size());
        }
    }

    @Test
    void anExpiredCertificateOfTheDaemonIsRefused() throws IOException {
        String expired = startDaemon("expired-daemon", authority.expired("daemon"));
        assertRefused(ErrorCode.AUTH_FAILED, "certificate", uri(expired, client));
    }

    @Test
    void aDaemonThatAStrangerVouchesForIsRefused() throws IOException {
        PkiDirectory trustsAnother = PkiDirectory.ofClient(
                directory.resolve("trusts-another"), stranger.certificate(), stranger.valid("client"));
        assertRefused(ErrorCode.AUTH_FAILED, "certificate", uri(address, trustsAnother));
    }

    @Test
    void anExpiredCertificateOfOursIsRefused() throws IOException {
        PkiDirectory expired = PkiDirectory.ofClient(
                directory.resolve("expired-client"), authority.certificate(), authority.expired("client"));
        assertRefused(ErrorCode.SYSTEM_ERROR, "expired", uri(address, expired));
    }

    @Test
    void aCertificateThatIsNotThereIsNamed() {
        Path nowhere = directory.resolve("nowhere");
        HypervisorException missing =
                assertThrows(HypervisorException.class, () -> Connection.open(address + "?pkipath=" + nowhere));
        assertTrue(missing.getMessage().contains("cacert.pem"), missing::getMessage);
    }

    private static void assertRefused(ErrorCode code, String word, String uri) {
        HypervisorException refused = assertThrows(HypervisorException.class, () -> Connection.open(uri));
        assertEquals(code, refused.code(), refused::getMessage);
        assertEquals(OptionalInt.of(FROM_RPC), refused.libvirtDomain(), refused::getMessage);
        assertTrue(refused.getMessage().contains(word), refused::getMessage);
    }
}
