package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Native;
import dev.vireo.ParameterType;
import dev.vireo.TypedParameters;
import java.nio.ByteBuffer;

/**
 * An array of {@code virTypedParameter} in native memory. The memory is ours alone: when a call was left behind, libvirt
 * may still write to it. Not thread-safe.
 */
public final class ParameterBuffer {
    static final int TYPE = ParameterName.FIELD_LENGTH;
    static final int VALUE = 88;
    static final int SIZE = 96;

    private static final int INITIAL_CAPACITY = 16;
    private final Scratch memory = new Scratch(INITIAL_CAPACITY * SIZE);

    /** Makes room for parameters and marks them all as not filled, which drivers in this process rely on. */
    long prepare(int count) {
        memory.ensure(count * SIZE);
        ByteBuffer bytes = memory.bytes();
        for (int i = 0; i < count; i++) {
            bytes.putInt(i * SIZE + TYPE, 0);
        }
        return memory.address();
    }

    /**
     * Copies the parameters that libvirt filled; the others stay as they are. Frees what texts libvirt gave.
     *
     * @param count how many to look at
     * @param into where to
     */
    public void copyTo(TypedParameters into, int count) {
        for (int i = 0; i < count; i++) {
            int type = memory.bytes().getInt(i * SIZE + TYPE);
            if (type != 0) {
                copy(i, type, into);
            }
        }
    }

    private void copy(int index, int type, TypedParameters into) {
        ByteBuffer bytes = memory.bytes();
        String name = ParameterName.textAt(bytes, index * SIZE);
        int value = index * SIZE + VALUE;
        switch (ParameterType.ofNumber(type)) {
            case INT -> into.set(index, name, ParameterType.INT, bytes.getInt(value));
            case UINT -> into.set(index, name, ParameterType.UINT, Integer.toUnsignedLong(bytes.getInt(value)));
            case BOOLEAN -> into.set(index, name, ParameterType.BOOLEAN, bytes.get(value) == 0 ? 0 : 1);
            case STRING -> into.setText(index, name, takeText(bytes.getLong(value)));
            case LLONG, ULLONG, DOUBLE, UNKNOWN -> into.setUntyped(index, name, type, bytes.getLong(value));
        }
    }

    private static String takeText(long address) {
        String text = CText.at(address);
        Native.free(address);
        return text == null ? "" : text;
    }
}
