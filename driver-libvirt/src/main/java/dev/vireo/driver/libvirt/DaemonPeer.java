package dev.vireo.driver.libvirt;

import dev.vireo.ConnectionUri;
import dev.vireo.HypervisorException;
import dev.vireo.driver.libvirt.binding.Peer;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows the socket of a connection to a daemon by whom it is connected to. */
final class DaemonPeer implements Predicate<Peer> {
    private static final Pattern PORT = Pattern.compile(".*:(\\d{1,5})");
    private static final Set<Integer> LIBVIRT_PORTS = Set.of(16509, 16514);

    private final Optional<String> socket;
    private final Optional<Integer> port;
    private final boolean isTunnel;

    private DaemonPeer(Optional<String> socket, Optional<Integer> port, boolean isTunnel) {
        this.socket = socket;
        this.port = port;
        this.isTunnel = isTunnel;
    }

    /** Returns the peer of a URI; of an alias or a default, any of libvirt's own. */
    static DaemonPeer of(String text) {
        try {
            return of(ConnectionUri.parse(text));
        } catch (HypervisorException notAUri) {
            return new DaemonPeer(Optional.empty(), Optional.empty(), false);
        }
    }

    private static DaemonPeer of(ConnectionUri uri) {
        Optional<Integer> port =
                uri.host().map(PORT::matcher).filter(Matcher::matches).map(host -> Integer.valueOf(host.group(1)));
        Optional<String> socket = uri.query().stream()
                .filter(option -> option.name().equals("socket"))
                .map(ConnectionUri.Parameter::value)
                .findFirst();
        // these run a program and talk to it through a socket pair, which has no name
        boolean isTunnel = uri.scheme().endsWith("+ssh") || uri.scheme().endsWith("+ext");
        return new DaemonPeer(socket, port, isTunnel);
    }

    @Override
    public boolean test(Peer peer) {
        return switch (peer.kind()) {
            case INTERNET ->
                !isTunnel && (port.isPresent() ? port.get() == peer.port() : LIBVIRT_PORTS.contains(peer.port()));
            case UNIX -> isTunnel ? peer.path().isEmpty() : isSocketOfADaemon(peer.path());
        };
    }

    private boolean isSocketOfADaemon(String path) {
        return socket.isPresent() ? socket.get().equals(path) : path.endsWith("-sock") || path.endsWith("-sock-ro");
    }
}
