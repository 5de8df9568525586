package dev.vireo.exporter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static TestAuthority authority;
    private static TestAuthority stranger;

    @TempDir
    private Path directory;

    private TlsFiles files;

    @BeforeAll
    static void makeCertificates(@TempDir Path shared) throws IOException {
        authority = new TestAuthority(shared.resolve("authority"));
        authority.sign("first");
        authority.sign("second", "-keyalg", "RSA", "-keysize", "2048");
        authority.sign("edwards", "-keyalg", "Ed25519");
        authority.sign("expired", "-keyalg", "EC", "-startdate", "-30d", "-validity", "1");
        authority.sign("scraper");
        stranger = new TestAuthority(shared.resolve("stranger"));
        stranger.sign("scraper");
    }

    @BeforeEach
    void install() throws IOException {
        files = authority.install("first", directory);
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-------"));
    }

    private WebServerBuilder builder() {
        return Servers.here().tls(files).lookForChangesEvery(Duration.ofMillis(20));
    }

    /** Returns the content of the first octet string in PrivateKeyInfo. */
    private static byte[] lastElement(byte[] pkcs8) {
        ByteBuffer der = ByteBuffer.wrap(pkcs8);
        enter(der, 0x30);
        skip(der, 0x02);
        skip(der, 0x30);
        byte[] content = new byte[enter(der, 0x04)];
        der.get(content);
        return content;
    }

    private static int enter(ByteBuffer der, int tag) {
        assertEquals(tag, der.get() & 0xff);
        int first = der.get() & 0xff;
        return switch (first) {
            case 0x81 -> der.get() & 0xff;
            case 0x82 -> der.getShort() & 0xffff;
            default -> first;
        };
    }

    private static void skip(ByteBuffer der, int tag) {
        int length = enter(der, tag);
        der.position(der.position() + length);
    }

    /** Returns whose certificate a new connection is shown. */
    private static String shown(WebServer server, SSLContext context) {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.setSoTimeout(30_000);
            socket.startHandshake();
            return socket.getSession().getPeerPrincipal().getName();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aScraperThatTrustsTheAuthorityIsServed() throws Exception {
        try (WebServer server = builder().start()) {
            assertTrue(server.url().startsWith("https://"));
            assertEquals(
                    200,
                    new Https(authority.client(null)).get(server, "/metrics").statusCode());
            assertEquals(List.of(), server.problems());
        }
    }

    @Test
    void aScraperThatTrustsAnotherAuthorityRefusesTheServer() throws Exception {
        try (WebServer server = builder().start()) {
            Https scraper = new Https(stranger.client(null));
            assertThrows(SSLException.class, () -> scraper.get(server, "/metrics"));
        }
    }

    @Test
    void plainHttpIsNotSpokenThere() throws Exception {
        try (WebServer server = builder().start();
                RawClient client = RawClient.to(server)) {
            client.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertTrue(client.isThrownOut());
        }
    }

    @Test
    void versionsOfTlsThatAreBrokenAreNotSpoken() throws Exception {
        try (WebServer server = builder().start()) {
            SSLSocket socket =
                    (SSLSocket) authority.client(null).getSocketFactory().createSocket("127.0.0.1", server.port());
            try (socket) {
                socket.setEnabledProtocols(new String[] {"TLSv1.1"});
                assertThrows(SSLException.class, socket::startHandshake);
            }
        }
    }

    @Test
    void eachKindOfKeyServes() throws Exception {
        for (String name : List.of("first", "second", "edwards")) {
            files = authority.install(name, directory);
            try (WebServer server = builder().start()) {
                assertEquals("CN=" + name, shown(server, authority.client(null)));
            }
        }
    }

    @Test
    void keysInTheirOlderFormsAreRead() throws Exception {
        for (String name : List.of("first", "second")) {
            files = authority.install(name, directory);
            String label = name.equals("first") ? "EC PRIVATE KEY" : "RSA PRIVATE KEY";
            // PKCS#8 holds the older form as it is, in its last element
            byte[] pkcs8 = authority.key(name).getEncoded();
            byte[] older = lastElement(pkcs8);
            TestAuthority.replace(files.key(), TestAuthority.pem(label, older));
            try (WebServer server = builder().start()) {
                assertEquals("CN=" + name, shown(server, authority.client(null)));
            }
        }
    }

    @Test
    void aClientShowsACertificateOfTheAuthorityThatIsAskedFor() throws Exception {
        TlsFiles asking = new TlsFiles(files.certificate(), files.key(), authority.authorityFile());
        try (WebServer server = builder().tls(asking).start()) {
            assertEquals(
                    200,
                    new Https(authority.client("scraper"))
                            .get(server, "/metrics")
                            .statusCode());
            Https without = new Https(authority.client(null));
            assertThrows(IOException.class, () -> without.get(server, "/metrics"));
        }
    }

    @Test
    void aClientWithACertificateOfAnotherAuthorityIsRefused() throws Exception {
        TlsFiles asking = new TlsFiles(files.certificate(), files.key(), stranger.authorityFile());
        try (WebServer server = builder().tls(asking).start()) {
            Https wrong = new Https(authority.client("scraper"));
            assertThrows(IOException.class, () -> wrong.get(server, "/metrics"));
        }
    }

    @Test
    void aNewCertificateIsShownToNewConnectionsUnderLoadAndNoneIsDropped() throws Exception {
        SSLContext trusting = authority.client(null);
        try (WebServer server = builder().start()) {
            AtomicBoolean enough = new AtomicBoolean();
            AtomicInteger answered = new AtomicInteger();
            ExecutorService load = Executors.newFixedThreadPool(4);
            List<Future<?>> scrapers = new ArrayList<>();
            try {
                for (int i = 0; i < 4; i++) {
                    scrapers.add(load.submit(() -> {
                        Https kept = new Https(trusting);
                        while (!enough.get()) {
                            assertEquals(200, kept.get(server, "/metrics").statusCode());
                            assertEquals(
                                    200,
                                    new Https(trusting).get(server, "/healthz").statusCode());
                            answered.incrementAndGet();
                        }
                        return null;
                    }));
                }
                for (String name : List.of("second", "first", "second")) {
                    int before = answered.get();
                    Await.until("they scrape", () -> answered.get() > before + 4);
                    authority.install(name, directory);
                    Await.until(
                            name + " is shown", () -> shown(server, trusting).equals("CN=" + name));
                }
            } finally {
                enough.set(true);
                load.shutdown();
                assertTrue(load.awaitTermination(60, TimeUnit.SECONDS));
            }
            for (Future<?> scraper : scrapers) {
                scraper.get();
            }
        }
    }

    @Test
    void aBadNewCertificateIsToldAndTheFormerOneStays() throws Exception {
        try (WebServer server = builder().start()) {
            TestAuthority.replace(files.certificate(), "nonsense");
            Await.until("it is told", () -> !server.problems().isEmpty());
            String problem = server.problems().get(0);
            assertTrue(problem.contains("server.pem: no certificate in it"), problem);
            assertEquals("CN=first", shown(server, authority.client(null)));
            Https scraper = new Https(authority.client(null));
            String health = scraper.get(server, "/healthz").body();
            assertTrue(health.startsWith("ok\nwarning: the certificate for TLS has changed"), health);
            TestAuthority.replace(files.certificate(), authority.certificatePem("first"));
            Await.until("it is well again", () -> server.problems().isEmpty());
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsToldUntilTheCertificateComes() throws Exception {
        try (WebServer server = builder().start()) {
            TestAuthority.replace(files.key(), authority.keyPem("scraper"));
            Await.until("it is told", () -> server.problems().toString().contains("not the one of the certificate"));
            assertEquals("CN=first", shown(server, authority.client(null)));
            TestAuthority.replace(files.certificate(), authority.certificatePem("scraper"));
            Await.until(
                    "both are used", () -> shown(server, authority.client(null)).equals("CN=scraper"));
        }
    }

    @Test
    void filesThatAreAwayForAWhileAreToldAndUsedAgainWhenTheyAreBack() throws Exception {
        try (WebServer server = builder().start()) {
            String text = Files.readString(files.key());
            Files.delete(files.key());
            Await.until("it is told", () -> server.problems().toString().contains("no such file"));
            TestAuthority.replace(files.key(), text);
            Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-------"));
            Await.until("it is well again", () -> server.problems().isEmpty());
        }
    }

    @Test
    void aKeyThatEveryUserCanReadAndACertificateThatIsOutOfDateAreTold() throws Exception {
        authority.install("expired", directory);
        Files.setPosixFilePermissions(files.key(), PosixFilePermissions.fromString("rw-r--r--"));
        try (WebServer server = builder().start()) {
            String problems = server.problems().toString();
            assertTrue(problems.contains("server.key can be read by every user"), problems);
            assertTrue(problems.contains("server.pem: a certificate in it is out of date"), problems);
        }
    }

    @Test
    void filesThatWillNotDoAtTheStartAreAnErrorThatNamesThem() throws Exception {
        TestAuthority.replace(files.key(), authority.keyPem("second"));
        ServingException failure =
                assertThrows(ServingException.class, () -> builder().start());
        assertTrue(failure.getMessage().contains("server.key"), failure.getMessage());
        TestAuthority.replace(files.key(), TestAuthority.pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}));
        failure = assertThrows(ServingException.class, () -> builder().start());
        assertTrue(failure.getMessage().contains("without a passphrase"), failure.getMessage());
        Files.delete(files.key());
        failure = assertThrows(ServingException.class, () -> builder().start());
        assertTrue(failure.getMessage().contains("server.key: no such file"), failure.getMessage());
    }
}
