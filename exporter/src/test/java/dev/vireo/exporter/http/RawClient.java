package dev.vireo.exporter.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client that does exactly what a test says, byte by byte. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    private RawClient(String host, int port, int receiveBuffer) throws IOException {
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(host, port));
        in = new BufferedInputStream(socket.getInputStream());
    }

    static RawClient to(WebServer server) throws IOException {
        return to(server.port());
    }

    static RawClient to(int port) throws IOException {
        return new RawClient("127.0.0.1", port, 64 * 1024);
    }

    /** One whose side holds little of what it does not read. */
    static RawClient smallTo(WebServer server) throws IOException {
        return new RawClient("127.0.0.1", server.port(), 2048);
    }

    /** Asks on a connection of its own, which the server is to close. */
    static Reply ask(WebServer server, String head) throws IOException {
        try (RawClient client = to(server)) {
            client.send(head + "Connection: close\r\n\r\n");
            return Reply.parse(client.readToEnd());
        }
    }

    static Reply get(WebServer server, String path) throws IOException {
        return ask(server, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Sends a byte if the server still takes one. */
    void dribble() {
        try {
            socket.getOutputStream().write('x');
        } catch (IOException e) {
            // it has been thrown out, which is what some tests wait for
        }
    }

    byte[] readToEnd() throws IOException {
        return in.readAllBytes();
    }

    /** Reads until what has been read ends so. */
    String readUntil(String end) throws IOException {
        byte[] wanted = end.getBytes(StandardCharsets.UTF_8);
        Tail read = new Tail();
        while (!read.endsWith(wanted)) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("ended after \"" + read.toString(StandardCharsets.UTF_8) + "\"");
            }
            read.write(b);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    private static final class Tail extends ByteArrayOutputStream {
        boolean endsWith(byte[] wanted) {
            return count >= wanted.length && Arrays.equals(buf, count - wanted.length, count, wanted, 0, wanted.length);
        }
    }

    /** Tells whether the server has ended the connection, waiting for it; what it sends before is thrown away. */
    boolean isThrownOut() throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
