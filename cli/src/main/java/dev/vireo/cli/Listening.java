package dev.vireo.cli;

import dev.vireo.exporter.http.ListenAddress;
import dev.vireo.exporter.http.TlsFiles;
import dev.vireo.exporter.http.WebServer;
import dev.vireo.exporter.http.WebServerBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where {@code vireo serve} listens, and to whom it answers, by the options of one command line. */
final class Listening {
    private final Invocation invocation;

    Listening(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Begins a server that listens there, without anything to serve yet. */
    WebServerBuilder begin(ListenAddress unlessTold) {
        WebServerBuilder server = WebServer.builder().listen(address(unlessTold));
        TlsFiles tls = tls();
        if (tls != null) {
            server.tls(tls);
        }
        Path users = file("--auth-file");
        if (users != null) {
            server.authentication(users);
        }
        return invocation.has("--insecure") ? server.insecure() : server;
    }

    private ListenAddress address(ListenAddress unlessTold) {
        String text = invocation.text("--listen");
        try {
            return text == null ? unlessTold : ListenAddress.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw invocation.misuse("--listen", String.valueOf(wrong.getMessage()));
        }
    }

    private @Nullable TlsFiles tls() {
        Path certificate = file("--tls-cert");
        Path key = file("--tls-key");
        Path clientAuthority = file("--tls-client-ca");
        if (certificate == null || key == null) {
            if (certificate != null || key != null || clientAuthority != null) {
                throw invocation.misuse("TLS needs both --tls-cert FILE and --tls-key FILE");
            }
            return null;
        }
        return new TlsFiles(certificate, key, clientAuthority);
    }

    private @Nullable Path file(String option) {
        String name = invocation.text(option);
        return name == null ? null : Path.of(name);
    }
}
