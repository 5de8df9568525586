package dev.vireo.exporter.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** One event of an event stream (HTML, "server-sent events"), encoded once, whoever it is sent to. Immutable. */
public final class ServerSentEvent {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer bytes;

    private ServerSentEvent(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /**
     * Returns an event with a name and data.
     *
     * @param name letters, digits, {@code _} and {@code -}
     * @param data text in UTF-8; each line becomes a line of data
     * @throws IllegalArgumentException if the name has anything else in it
     */
    public static ServerSentEvent of(String name, byte[] data) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of an event");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 64);
        out.writeBytes(("event: " + name + "\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(DATA);
        for (byte b : data) {
            // A carriage return ends a line, too; in JSON neither stands outside of a string, where it is escaped.
            if (b == '\n' || b == '\r') {
                out.write('\n');
                out.writeBytes(DATA);
            } else {
                out.write(b);
            }
        }
        out.write('\n');
        out.write('\n');
        return new ServerSentEvent(out.toByteArray());
    }

    /** Returns what the browser is to do before anything has come, and a line to see that the stream is there. */
    static ServerSentEvent greeting(int retryMillis) {
        return raw("retry: " + retryMillis + "\n\n");
    }

    /** Returns a line that is no event: it shows whether the client is still there. */
    static ServerSentEvent heartbeat() {
        return raw(": still here\n\n");
    }

    private static ServerSentEvent raw(String text) {
        return new ServerSentEvent(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns the encoded event, with a position of its own. */
    ByteBuffer bytes() {
        return bytes.duplicate();
    }
}
