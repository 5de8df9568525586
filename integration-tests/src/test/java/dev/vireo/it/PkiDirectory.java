package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Certificates in a directory with the names that libvirt looks for, so that {@code pkipath} may name it.
 *
 * @param path where they lie
 */
record PkiDirectory(Path path) {
    /** Puts copies of a CA's certificate and of a client's into a directory of their own. */
    static PkiDirectory ofClient(Path path, Path trusted, Certificate client) throws IOException {
        return make(path, trusted, client, "client");
    }

    static PkiDirectory ofDaemon(Path path, Path trusted, Certificate daemon) throws IOException {
        return make(path, trusted, daemon, "server");
    }

    private static PkiDirectory make(Path path, Path trusted, Certificate owner, String role) throws IOException {
        Files.createDirectories(path);
        copy(trusted, path.resolve("cacert.pem"));
        copy(owner.certificate(), path.resolve(role + "cert.pem"));
        copy(owner.key(), path.resolve(role + "key.pem"));
        return new PkiDirectory(path);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns the lines of {@code libvirtd.conf} that name these. */
    String daemonSettings() {
        return "ca_file = \"%1$s/cacert.pem\"\ncert_file = \"%1$s/servercert.pem\"\nkey_file = \"%1$s/serverkey.pem\"\n"
                .formatted(path);
    }
}
