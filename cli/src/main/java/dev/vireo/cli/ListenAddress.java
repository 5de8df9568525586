package dev.vireo.cli;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Reads {@code ADDRESS:PORT}: {@code 127.0.0.1:9178}, {@code [::1]:9178}, {@code localhost:9178}. */
final class ListenAddress {
    private static final int LAST_PORT = 65_535;

    private ListenAddress() {}

    /** Throws an {@link IllegalArgumentException} that says what is wrong. */
    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean isBare6 = host.indexOf(':') >= 0 && !(host.startsWith("[") && host.endsWith("]"));
        if (host.isEmpty() || isBare6) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no ADDRESS:PORT, such as 127.0.0.1:9178 or [::1]:9178");
        }
        int port = port(text.substring(colon + 1));
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("'" + host + "' is no address of this host", unknown);
        }
    }

    /** Returns an address as it is written in a URL, with a port. */
    static String text(InetSocketAddress address, int port) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= LAST_PORT) {
                return port;
            }
        } catch (NumberFormatException noNumber) {
            // said below, with what is one
        }
        throw new IllegalArgumentException("'" + text + "' is no port, which is a number from 0 to " + LAST_PORT);
    }
}
