package dev.vireo.exporter.http;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the PEM files of the server's TLS. Immutable.
 *
 * @param certificate the server's certificate, followed by those between it and the authority; others in it are left out
 * @param key its private key, not encrypted: PKCS#8, PKCS#1 or SEC 1; may be the same file
 * @param clientAuthority the authorities whose certificates clients must show, or null: none is asked for
 */
public record TlsFiles(Path certificate, Path key, @Nullable Path clientAuthority) {
    List<Path> all() {
        List<Path> all = new ArrayList<>(List.of(certificate, key));
        if (clientAuthority != null) {
            all.add(clientAuthority);
        }
        return all;
    }
}
