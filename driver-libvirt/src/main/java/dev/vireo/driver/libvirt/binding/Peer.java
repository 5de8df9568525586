package dev.vireo.driver.libvirt.binding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whom a socket is connected to.
 *
 * @param kind the family of its address
 * @param path the path of a Unix socket, empty if it has none, as that of a socket pair
 * @param port the port of an Internet address, 0 otherwise
 */
public record Peer(Kind kind, String path, int port) {
    /** The families of addresses that daemons listen on. */
    public enum Kind {
        /** A Unix socket. */
        UNIX,
        /** IPv4 or IPv6. */
        INTERNET
    }

    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int ADDRESS_SIZE = 128;
    private static final int AFTER_FAMILY = 2;

    /** Returns the peer of a descriptor, empty if it is no connected socket of these families. */
    static Optional<Peer> of(int descriptor) {
        Scratch scratch = new Scratch(ADDRESS_SIZE + Integer.BYTES);
        scratch.bytes().putInt(ADDRESS_SIZE, ADDRESS_SIZE);
        if (Libc.getpeername(descriptor, scratch.address(), scratch.address() + ADDRESS_SIZE) < 0) {
            return Optional.empty();
        }
        return parse(scratch.bytes(), scratch.bytes().getInt(ADDRESS_SIZE));
    }

    static Optional<Peer> parse(ByteBuffer address, int length) {
        return switch (address.getShort(0)) {
            case AF_UNIX -> Optional.of(new Peer(Kind.UNIX, path(address, length), 0));
            case AF_INET, AF_INET6 -> Optional.of(new Peer(Kind.INTERNET, "", port(address)));
            default -> Optional.empty();
        };
    }

    private static String path(ByteBuffer address, int length) {
        byte[] path = new byte[Math.max(0, length - AFTER_FAMILY)];
        address.get(AFTER_FAMILY, path);
        String text = new String(path, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static int port(ByteBuffer address) {
        ByteBuffer bigEndian = address.duplicate().order(ByteOrder.BIG_ENDIAN);
        return Short.toUnsignedInt(bigEndian.getShort(AFTER_FAMILY));
    }
}
