package dev.vireo.driver.libvirt;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what to do about a connection that did not open, after what libvirt says of it. */
final class OpeningAdvice {
    private static final Pattern SOCKET = Pattern.compile("connect socket to '(/[^']+)': (.*)", Pattern.DOTALL);

    private OpeningAdvice() {}

    /** Returns the error with libvirt's own numbers and text, and the advice behind it where there is one. */
    static HypervisorException added(HypervisorException error, LibvirtUri uri, OpenOptions options) {
        if (error.libvirtDomain().isEmpty()) {
            return error;
        }
        String text = String.valueOf(error.getMessage());
        return advice(error.code(), text, uri, options)
                .map(advice -> HypervisorException.reported(
                        error.number(),
                        error.libvirtDomain().getAsInt(),
                        error.level(),
                        error.origin(),
                        text + "; " + advice))
                .orElse(error);
    }

    private static Optional<String> advice(ErrorCode code, String text, LibvirtUri uri, OpenOptions options) {
        Matcher socket = SOCKET.matcher(text);
        if (!uri.namesHost() && socket.find()) {
            return ofSocket(Path.of(socket.group(1)), socket.group(2));
        }
        return switch (code) {
            case AUTH_UNAVAILABLE, AUTH_CANCELLED, AUTH_FAILED, ACCESS_DENIED ->
                Optional.of(ofAuthentication(code, options));
            case SYSTEM_ERROR -> ofNetwork(text);
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofSocket(Path socket, String why) {
        if (why.contains("Permission denied")) {
            return Optional.of(ofPermissions(socket));
        }
        return Optional.of("start the daemon, for instance with 'systemctl start libvirtd' or 'systemctl start"
                + " virtqemud.socket', or name another socket with ?socket=PATH");
    }

    private static String ofPermissions(Path socket) {
        try {
            PosixFileAttributes attributes = Files.readAttributes(socket, PosixFileAttributes.class);
            return attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                    ? "the socket is open to the group '" + attributes.group().getName()
                            + "': become a member of it, or run this as root"
                    : "the socket is open to its owner '" + attributes.owner().getName()
                            + "' only: run this as that user, or set unix_sock_group and unix_sock_rw_perms in libvirtd.conf";
        } catch (IOException | UnsupportedOperationException hidden) {
            return "become a member of the group that may use the socket, as a rule 'libvirt', or run this as root";
        }
    }

    private static String ofAuthentication(ErrorCode code, OpenOptions options) {
        if (code != ErrorCode.AUTH_FAILED) {
            return "polkit decides here: become a member of the group 'libvirt', or allow the action"
                    + (options.isReadOnly() ? " org.libvirt.unix.monitor" : " org.libvirt.unix.manage")
                    + " by a rule in /etc/polkit-1/rules.d";
        }
        return options.authentication().isPresent()
                ? "the name or the password is wrong, or not known to the daemon"
                : "give credentials with OpenOptions.authentication, or in a file named by ?authfile=PATH or"
                        + " LIBVIRT_AUTH_FILE";
    }

    private static Optional<String> ofNetwork(String text) {
        if (text.contains("Connection refused")) {
            return Optional.of("nobody listens at that port; the daemon needs listen_tcp or listen_tls and --listen, or"
                    + " virtproxyd's socket unit");
        }
        if (text.contains("resolve")) {
            return Optional.of("check the name of the host");
        }
        return Optional.empty();
    }
}
