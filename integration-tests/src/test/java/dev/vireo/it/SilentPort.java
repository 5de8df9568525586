package dev.vireo.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A port of the loopback address from which nothing ever comes. */
final class SilentPort implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 300;

    private final ServerSocket server;
    private final Deque<Socket> waiting = new ArrayDeque<>();

    private SilentPort(ServerSocket server) {
        this.server = server;
    }

    /** Takes connections and never says anything. */
    static SilentPort mute() throws IOException {
        return new SilentPort(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()));
    }

    /** Does not even take connections, as a host that is down: its queue is full, so the kernel throws requests away. */
    static SilentPort deaf() throws IOException {
        SilentPort port = new SilentPort(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        while (port.takesAnother()) {
            // until the queue is full
        }
        return port;
    }

    private boolean takesAnother() throws IOException {
        Socket socket = new Socket();
        waiting.push(socket);
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), number()), PATIENCE_MILLIS);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }

    int number() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        server.close();
    }
}
