package dev.vireo.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;

/** A way to a port of the loopback address that takes its time in both directions, as one to a host that is far away. */
final class SlowLine implements AutoCloseable {
    private static final int BUFFER_SIZE = 64 * 1024;

    private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final Deque<Socket> sockets = new ConcurrentLinkedDeque<>();
    private final int target;
    private final Duration delay;

    private SlowLine(int target, Duration delay) throws IOException {
        this.target = target;
        this.delay = delay;
        start(this::take);
    }

    static SlowLine to(int target, Duration delay) throws IOException {
        return new SlowLine(target, delay);
    }

    int port() {
        return server.getLocalPort();
    }

    private void take() throws IOException {
        while (true) {
            Socket near = server.accept();
            sockets.push(near);
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.push(far);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            start(() -> pass(near.getInputStream(), far.getOutputStream()));
            start(() -> pass(far.getInputStream(), near.getOutputStream()));
        }
    }

    private void pass(InputStream from, OutputStream to) throws IOException {
        try (to) {
            byte[] buffer = new byte[BUFFER_SIZE];
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                LockSupport.parkNanos(delay.toNanos());
                to.write(buffer, 0, count);
                to.flush();
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // by either side, or with the test
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
