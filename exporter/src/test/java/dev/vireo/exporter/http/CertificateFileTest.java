package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client is shown of a file of certificates, as other servers take it, too. */
class CertificateFileTest {
    private static TestAuthority authority;
    private static TestAuthority stranger;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeCertificates(@TempDir Path shared) throws IOException {
        authority = new TestAuthority(shared.resolve("authority"));
        authority.sign("between", "-keyalg", "EC", "-ext", "bc:c");
        authority.sign("server", "-keyalg", "EC", "-signer", "between");
        stranger = new TestAuthority(shared.resolve("stranger"));
        stranger.sign("other");
    }

    /** Returns whose certificates a client is shown that trusts the authority, if the file has these. */
    private List<String> shown(String key, String... certificates) throws Exception {
        TlsFiles files = authority.install(key, directory);
        TestAuthority.replace(files.certificate(), String.join("", certificates));
        try (WebServer server = Servers.here().tls(files).start();
                SSLSocket socket = (SSLSocket)
                        authority.client(null).getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.setSoTimeout(30_000);
            socket.startHandshake();
            return Arrays.stream(socket.getSession().getPeerCertificates())
                    .map(shown ->
                            ((X509Certificate) shown).getSubjectX500Principal().getName())
                    .toList();
        }
    }

    private static String pem(String name) {
        return authority.certificatePem(name);
    }

    @Test
    void theServersCertificateAndThoseUpToTheAuthorityAreShown() throws Exception {
        assertEquals(List.of("CN=server", "CN=between"), shown("server", pem("server"), pem("between")));
        assertEquals(
                List.of("CN=server", "CN=between", "CN=ca"), shown("server", pem("server"), pem("between"), pem("ca")));
    }

    @Test
    void whatDoesNotLeadToTheAuthorityIsLeftOut() throws Exception {
        String other = stranger.certificatePem("other");
        assertEquals(
                List.of("CN=server", "CN=between"),
                shown("server", pem("server"), pem("between"), other, pem("server")));
        assertEquals(List.of("CN=ca"), shown("ca", pem("ca"), pem("ca")));
    }

    @Test
    void theyAreShownInTheirOrderWhateverThatInTheFileIs() throws Exception {
        assertEquals(
                List.of("CN=server", "CN=between", "CN=ca"), shown("server", pem("server"), pem("ca"), pem("between")));
    }
}
