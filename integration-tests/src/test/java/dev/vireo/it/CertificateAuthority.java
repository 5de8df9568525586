package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes certificates with GnuTLS' certtool. One key serves for all that it signs: what is tested is who signed a
 * certificate and until when it holds.
 */
final class CertificateAuthority {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String VALID = "expiration_days = 2\n";
    private static final String EXPIRED = """
            activation_date = "2020-01-01 00:00:00"
            expiration_date = "2020-01-02 00:00:00"
            """;
    /** RSA, and keys that may encrypt: libvirt refuses certificates without. */
    private static final String USAGE = "tls_www_server\ntls_www_client\nencryption_key\nsigning_key\n";

    private final Path directory;
    private final Path key;
    private final Path certificate;

    private CertificateAuthority(Path directory, Path key) {
        this.directory = directory;
        this.key = key;
        this.certificate = directory.resolve("ca.pem");
    }

    /** Makes one with a key of its own, in a directory that is made. */
    static CertificateAuthority in(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path key = directory.resolve("key.pem");
        certtool("--generate-privkey", "--key-type", "rsa", "--bits", "2048", "--outfile", key);
        CertificateAuthority authority = new CertificateAuthority(directory, key);
        authority.signItself();
        return authority;
    }

    private void signItself() throws IOException {
        Path template = template("ca", "cn = \"" + directory.getFileName() + "\"\nca\ncert_signing_key\n" + VALID);
        certtool("--generate-self-signed", "--load-privkey", key, "--template", template, "--outfile", certificate);
    }

    Path certificate() {
        return certificate;
    }

    Certificate valid(String name) throws IOException {
        return sign(name, VALID);
    }

    Certificate expired(String name) throws IOException {
        return sign("expired-" + name, EXPIRED);
    }

    private Certificate sign(String name, String validity) throws IOException {
        Path template = template(name, "cn = \"127.0.0.1\"\nip_address = \"127.0.0.1\"\n" + USAGE + validity);
        Path signed = directory.resolve(name + ".pem");
        certtool(
                "--generate-certificate",
                "--load-privkey",
                key,
                "--load-ca-certificate",
                certificate,
                "--load-ca-privkey",
                key,
                "--template",
                template,
                "--outfile",
                signed);
        return new Certificate(signed, key);
    }

    private Path template(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name + ".template"), text);
    }

    private static void certtool(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(Programs.get("certtool")));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        CommandRun.of(LIMIT, command).requireSuccess();
    }
}
