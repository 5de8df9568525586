package dev.vireo.exporter.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Signs certificates with the JDK's keytool, and writes them as PEM files. */
final class TestAuthority {
    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final Path store;

    TestAuthority(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        store = directory.resolve("store.p12");
        keytool("ca", List.of("-keyalg", "EC", "-groupname", "secp256r1", "-ext", "bc:c", "-validity", "2"));
    }

    /** Makes a certificate of 127.0.0.1 and localhost, and its key, under a name. */
    void sign(String name, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-signer", "ca", "-ext", "san=ip:127.0.0.1,dns:localhost", "-validity", "2"));
        arguments.addAll(more.length == 0 ? List.of("-keyalg", "EC", "-groupname", "secp256r1") : List.of(more));
        keytool(name, arguments);
    }

    private void keytool(String alias, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + output);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IllegalStateException(e);
        }
    }

    KeyStore store() {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore opened = KeyStore.getInstance("PKCS12");
            opened.load(in, PASSWORD.toCharArray());
            return opened;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Key key(String name) {
        try {
            return store().getKey(name, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Certificate certificate(String name) {
        try {
            return store().getCertificate(name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String certificatePem(String name) {
        try {
            return pem("CERTIFICATE", certificate(name).getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    String keyPem(String name) {
        return pem("PRIVATE KEY", key(name).getEncoded());
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    Path authorityFile() throws IOException {
        return Files.writeString(directory.resolve("ca.pem"), certificatePem("ca"));
    }

    /** Writes certificate and key of a name to the files that a server is set up with, each at once. */
    TlsFiles install(String name, Path where) throws IOException {
        Files.createDirectories(where);
        replace(where.resolve("server.pem"), certificatePem(name));
        replace(where.resolve("server.key"), keyPem(name));
        return new TlsFiles(where.resolve("server.pem"), where.resolve("server.key"), null);
    }

    static void replace(Path file, String text) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns what a client uses that trusts this authority, and shows the certificate of a name if that is not null. */
    SSLContext client(String name) {
        try {
            KeyStore trusted = emptyStore();
            trusted.setCertificateEntry("ca", certificate("ca"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyStore own = emptyStore();
            if (name != null) {
                own.setKeyEntry(
                        name, key(name), PASSWORD.toCharArray(), new Certificate[] {certificate(name), certificate("ca")
                        });
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore empty = KeyStore.getInstance("PKCS12");
            empty.load(null, null);
            return empty;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
