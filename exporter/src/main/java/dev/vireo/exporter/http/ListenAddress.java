package dev.vireo.exporter.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names where to listen: an address or a name of this host, and a port. Immutable.
 *
 * @param host an IPv4 address, an IPv6 address without brackets, or a name
 * @param port 0 (any that is free) to 65535
 */
public record ListenAddress(String host, int port) {
    /** Where Vireo listens unless told otherwise: port 9178, reached from this host alone. */
    public static final ListenAddress STANDARD = new ListenAddress("127.0.0.1", 9178);

    /** Where it listens when it stands in for prometheus-libvirt-exporter: that one's port. */
    public static final ListenAddress OF_LIBVIRT_EXPORTER = new ListenAddress("127.0.0.1", 9177);

    private static final Pattern TEXT =
            Pattern.compile("(?:\\[(?<six>[0-9A-Fa-f:.]+(?:%[\\w.-]+)?)]|(?<name>[\\w.-]+)):(?<port>[0-9]{1,5})");

    /** Throws {@link IllegalArgumentException} for a port that is none. */
    public ListenAddress {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
    }

    /**
     * Returns what a text of the form {@code ADDRESS:PORT} names.
     *
     * @throws IllegalArgumentException if it is not of that form; the message says what is
     */
    public static ListenAddress parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not ADDRESS:PORT: write 127.0.0.1:9178, [::1]:9178 (IPv6 in brackets), NAME:9178,"
                    + " or 0.0.0.0:9178 and [::]:9178 for all addresses");
        }
        String six = matcher.group("six");
        return new ListenAddress(
                six == null ? matcher.group("name") : six, Integer.parseInt(matcher.group("port"), 10));
    }

    /**
     * Returns the socket address to bind.
     *
     * @throws ServingException if the name cannot be resolved, or it has several addresses
     */
    InetSocketAddress resolve() throws ServingException {
        try {
            return new InetSocketAddress(one(InetAddress.getAllByName(host)), port);
        } catch (UnknownHostException e) {
            throw new ServingException(
                    "cannot listen on " + this + ": no address is known for \"" + host
                            + "\"; write an address of this host, for example 127.0.0.1:" + port,
                    e);
        }
    }

    /** Returns the one to bind, of all that the host has: the first, if none of them can be reached from other hosts. */
    InetAddress one(InetAddress... addresses) throws ServingException {
        if (addresses.length == 1 || Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress)) {
            return addresses[0];
        }
        String all = Arrays.stream(addresses)
                .map(address -> new ListenAddress(address.getHostAddress(), port).toString())
                .collect(Collectors.joining(", "));
        throw new ServingException(
                "cannot listen on " + this + ": \"" + host + "\" has several addresses; choose one of " + all
                        + ", or [::]:" + port + " for all that this host has");
    }

    /** Returns it as {@link #parse} takes it. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
