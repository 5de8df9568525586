package dev.vireo.it;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a private libvirtd may be reached besides by its socket.
 *
 * @param tcpPort where it listens on the loopback address for callers who give a password
 * @param accounts their passwords
 * @param tlsPort where it listens there for callers with a certificate
 * @param identity its own certificate
 */
record LibvirtConfiguration(
        OptionalInt tcpPort, Optional<SaslAccounts> accounts, OptionalInt tlsPort, Optional<PkiDirectory> identity) {
    static LibvirtConfiguration socketOnly() {
        return new LibvirtConfiguration(OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());
    }

    LibvirtConfiguration withTcp(int port, SaslAccounts passwords) {
        return new LibvirtConfiguration(OptionalInt.of(port), Optional.of(passwords), tlsPort, identity);
    }

    LibvirtConfiguration withTls(int port, PkiDirectory certificates) {
        return new LibvirtConfiguration(tcpPort, accounts, OptionalInt.of(port), Optional.of(certificates));
    }

    List<String> arguments() {
        return tcpPort.isPresent() || tlsPort.isPresent() ? List.of("--listen") : List.of();
    }

    /** Returns the lines of {@code libvirtd.conf}. */
    String text(LibvirtDirectories directories) {
        StringBuilder text = new StringBuilder();
        // without firmware tables libvirt cannot tell the host's uuid, and makes one that changes
        text.append("host_uuid = \"3c9fbd4e-4f6e-4a1c-9d0e-6f2f0f9f8a11\"\n");
        text.append("unix_sock_dir = \"").append(directories.sockets()).append("\"\n");
        text.append("unix_sock_ro_perms = \"0777\"\nunix_sock_rw_perms = \"0777\"\n");
        text.append("auth_unix_ro = \"none\"\nauth_unix_rw = \"none\"\n");
        text.append("log_outputs = \"3:file:").append(directories.log()).append("\"\n");
        text.append("listen_addr = \"127.0.0.1\"\n");
        // a daemon refuses to start with a certificate that its callers are to refuse
        text.append("tls_no_sanity_certificate = 1\n");
        text.append("listen_tcp = ").append(tcpPort.isPresent() ? 1 : 0).append('\n');
        text.append("listen_tls = ").append(tlsPort.isPresent() ? 1 : 0).append('\n');
        tcpPort.ifPresent(
                port -> text.append("tcp_port = \"").append(port).append("\"\n").append("auth_tcp = \"sasl\"\n"));
        tlsPort.ifPresent(
                port -> text.append("tls_port = \"").append(port).append("\"\n").append("auth_tls = \"none\"\n"));
        identity.ifPresent(certificates -> text.append(certificates.daemonSettings()));
        return text.toString();
    }
}
