package dev.vireo.driver.qemu.cgroup.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The elements of one map, by keys of 4 or 8 bytes. Not thread-safe. */
public final class MapElements {
    private static final int MAP_LOOKUP_ELEM = 1;
    private static final int MAP_UPDATE_ELEM = 2;
    private static final int MAP_DELETE_ELEM = 3;
    private static final int MAP_GET_NEXT_KEY = 4;
    private static final int VALUE = 16;

    private final Bpf bpf;
    private final Descriptor map;
    private final NativeBuffer attributes = Bpf.attributes();
    private final NativeBuffer key = NativeBuffer.allocate(Long.BYTES);
    private final NativeBuffer value = NativeBuffer.allocate(Long.BYTES);

    MapElements(Bpf bpf, Descriptor map) {
        this.bpf = bpf;
        this.map = map;
    }

    /**
     * Puts an element in, in the place of one that is there.
     *
     * @param newKey its key
     * @param newValue its value, or the descriptor that it is taken from
     * @throws IOException if the kernel refuses, for want of room for instance
     */
    public void put(long newKey, long newValue) throws IOException {
        call("bpf(MAP_UPDATE_ELEM)", MAP_UPDATE_ELEM, newKey, newValue);
    }

    /**
     * Takes an element out, if it is there.
     *
     * @param oldKey its key
     * @throws IOException if the kernel refuses
     */
    public void remove(long oldKey) throws IOException {
        key.bytes().putLong(0, oldKey);
        // the kernel refuses what it does not use
        pointed(key.address()).bytes().putLong(VALUE, 0);
        int answer = bpf.call(MAP_DELETE_ELEM, attributes, key);
        if (answer != -SystemCallException.ENOENT) {
            Bpf.checked("bpf(MAP_DELETE_ELEM)", answer);
        }
    }

    /**
     * Looks an element up.
     *
     * @param wanted its key
     * @return its value, empty if there is none
     * @throws IOException if the kernel refuses
     */
    public OptionalLong find(long wanted) throws IOException {
        return orEmpty("bpf(MAP_LOOKUP_ELEM)", MAP_LOOKUP_ELEM, wanted);
    }

    /**
     * Returns all keys, if nobody changes them meanwhile.
     *
     * @return the keys there are
     * @throws IOException if the kernel refuses
     */
    public List<Long> keys() throws IOException {
        List<Long> keys = new ArrayList<>();
        attributes.bytes().putLong(8, 0);
        // without a key the first one follows
        int answer = bpf.call(MAP_GET_NEXT_KEY, pointed(0), key);
        while (answer >= 0) {
            long next = value.bytes().getLong(0);
            keys.add(next);
            key.bytes().putLong(0, next);
            answer = bpf.call(MAP_GET_NEXT_KEY, pointed(key.address()), key);
        }
        if (answer != -SystemCallException.ENOENT) {
            throw new SystemCallException("bpf(MAP_GET_NEXT_KEY)", -answer);
        }
        return keys;
    }

    private OptionalLong orEmpty(String call, int command, long wanted) throws IOException {
        try {
            call(call, command, wanted, 0);
            return OptionalLong.of(value.bytes().getLong(0));
        } catch (SystemCallException refused) {
            if (refused.errno() == SystemCallException.ENOENT) {
                return OptionalLong.empty();
            }
            throw refused;
        }
    }

    private void call(String call, int command, long newKey, long newValue) throws SystemCallException {
        key.bytes().putLong(0, newKey);
        value.bytes().putLong(0, newValue);
        Bpf.checked(call, bpf.call(command, pointed(key.address()), key));
    }

    private NativeBuffer pointed(long keyAddress) {
        attributes.bytes().putInt(0, map.number()).putLong(8, keyAddress).putLong(VALUE, value.address());
        return attributes;
    }
}
