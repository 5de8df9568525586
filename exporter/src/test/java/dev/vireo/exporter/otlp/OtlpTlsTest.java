package dev.vireo.exporter.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ErrorCode;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.exporter.ExporterHealth.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtlpTlsTest {
    private static final String PASSWORD = "of-a-test";

    @TempDir
    private Path directory;

    @Test
    void aReceiverWithACertificateOfTheAuthoritiesIsPushedTo() throws Exception {
        Path store = makeKey("receiver");
        try (OtlpReceiver receiver = OtlpReceiver.startWithTls(context(store));
                OtlpScene scene = scene(receiver, exportCertificate(store))) {
            scene.sampleAndPush();
            assertEquals(List.of(), scene.log);
            assertEquals(1, receiver.count());
            assertEquals("/v1/metrics", receiver.lastTarget());
        }
    }

    @Test
    void aReceiverWithAnotherCertificateGetsNothing() throws Exception {
        Path other = exportCertificate(makeKey("other"));
        try (OtlpReceiver receiver = OtlpReceiver.startWithTls(context(makeKey("receiver")));
                OtlpScene scene = scene(receiver, other)) {
            scene.sampleAndPush();
            assertEquals(0, receiver.count());
            assertEquals(Map.of(new Failure("otlp", ErrorCode.RPC), 1L), scene.health.failures());
            assertTrue(scene.log.get(0).contains("SSLHandshakeException"), scene.log.get(0));
        }
    }

    private static OtlpScene scene(OtlpReceiver receiver, Path authorities) throws IOException {
        HypervisorConfiguration host = HypervisorConfiguration.builder()
                .domain(DomainConfiguration.named("web"))
                .build();
        return new OtlpScene(host, settings -> settings.endpoint(receiver.url()).authorities(authorities));
    }

    private Path makeKey(String name) throws IOException, InterruptedException {
        Path store = directory.resolve(name + ".p12");
        keytool(
                store,
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2");
        return store;
    }

    private Path exportCertificate(Path store) throws IOException, InterruptedException {
        Path file = directory.resolve(store.getFileName() + ".pem");
        keytool(store, "-exportcert", "-rfc", "-alias", "key", "-file", file.toString());
        return file;
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), output);
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
