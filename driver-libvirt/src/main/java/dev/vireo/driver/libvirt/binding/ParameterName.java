package dev.vireo.driver.libvirt.binding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The name of a parameter, compared as the bytes that libvirt writes, so that no text is made of what is known. */
final class ParameterName {
    /** The size of the field that holds a name, its end included. */
    static final int FIELD_LENGTH = 80;

    private static final ParameterName[] KNOWN = Arrays.stream(new String[] {
                "cpu_time",
                "vcpu_time",
                "user_time",
                "system_time",
                "kernel",
                "user",
                "idle",
                "iowait",
                "intr",
                "utilization"
            })
            .map(ParameterName::new)
            .toArray(ParameterName[]::new);

    private final String text;
    private final byte[] bytes;

    ParameterName(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the text of a field. */
    static String textAt(ByteBuffer memory, int at) {
        for (ParameterName known : KNOWN) {
            if (known.isAt(memory, at)) {
                return known.text;
            }
        }
        int length = 0;
        while (length < FIELD_LENGTH && memory.get(at + length) != 0) {
            length++;
        }
        byte[] name = new byte[length];
        memory.get(at, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    /** Tells whether a field holds this name. */
    boolean isAt(ByteBuffer memory, int at) {
        return begins(memory, at) && memory.get(at + bytes.length) == 0;
    }

    /** Tells whether what stands at a place begins with this name. */
    boolean begins(ByteBuffer memory, int at) {
        for (int i = 0; i < bytes.length; i++) {
            if (memory.get(at + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    int length() {
        return bytes.length;
    }
}
