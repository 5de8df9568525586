package dev.vireo.driver.qemu.cgroup.linux;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Answers {@code bpf(2)} in the kernel's place, so that no root is needed: it keeps maps, and takes any program without
 * running it. What it hands out are real descriptors, of memory that can be mapped.
 */
public final class FakeKernel {
    private static final int MAP_CREATE = 0;
    private static final int MAP_LOOKUP_ELEM = 1;
    private static final int MAP_UPDATE_ELEM = 2;
    private static final int MAP_DELETE_ELEM = 3;
    private static final int MAP_GET_NEXT_KEY = 4;
    private static final int PROG_LOAD = 5;
    private static final int RAW_TRACEPOINT_OPEN = 17;
    private static final String ATTACHED = "vireo-test-attached";

    private final Map<Integer, NavigableMap<Long, Long>> elements = new HashMap<>();
    private final Map<String, Integer> maps = new HashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();

    /** Returns the system call that this answers. */
    public Bpf bpf() {
        return new Bpf(this::answer, () -> false);
    }

    /** Has what is put into a map refused from now on, by an errno; 0 takes that back. */
    public void refuse(String map, int errno) {
        refusals.put(map, errno);
    }

    /** Returns the elements of a map that was made last under a name. */
    public Map<Long, Long> elements(String map) {
        return elements.get(maps.get(map));
    }

    /** Adds to a number of a map that can be mapped, as a program would. */
    public void add(String map, int place, long nanos) throws IOException {
        Path file = Path.of("/proc/self/fd", maps.get(map).toString());
        long size = Files.size(file);
        try (SharedMemory memory = SharedMemory.of(new Descriptor(duplicate(maps.get(map))), size)) {
            memory.putLong(place * Long.BYTES, memory.getLong(place * Long.BYTES) + nanos);
        }
    }

    /** Counts the programs that are attached now. */
    public static long attached() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(FakeKernel::isAttached).count();
        }
    }

    private static boolean isAttached(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains(ATTACHED);
        } catch (NoSuchFileException closed) {
            return false;
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private int answer(int command, NativeBuffer attributes, NativeBuffer pointedTo) {
        return switch (command) {
            case MAP_CREATE -> createMap(attributes);
            case PROG_LOAD -> memory("vireo-test-program", 0);
            case RAW_TRACEPOINT_OPEN -> memory(ATTACHED, 0);
            default -> answerOf(command, attributes);
        };
    }

    private int createMap(NativeBuffer attributes) {
        byte[] name = new byte[16];
        attributes.bytes().get(28, name);
        int size = attributes.bytes().getInt(8) * attributes.bytes().getInt(12);
        int map = memory("vireo-test-map", size);
        elements.put(map, new TreeMap<>());
        maps.put(new String(name, StandardCharsets.US_ASCII).trim(), map);
        return map;
    }

    private int answerOf(int command, NativeBuffer attributes) {
        int map = attributes.bytes().getInt(0);
        NavigableMap<Long, Long> all = elements.get(map);
        long keyAddress = attributes.bytes().getLong(8);
        long valueAddress = attributes.bytes().getLong(16);
        OptionalInt refused = refusalOf(map, command);
        if (refused.isPresent()) {
            return -refused.getAsInt();
        }
        return switch (command) {
            case MAP_UPDATE_ELEM -> {
                all.put(number(keyAddress), number(valueAddress));
                yield 0;
            }
            case MAP_DELETE_ELEM -> all.remove(number(keyAddress)) == null ? -SystemCallException.ENOENT : 0;
            case MAP_LOOKUP_ELEM -> write(all.get(number(keyAddress)), valueAddress);
            case MAP_GET_NEXT_KEY -> write(next(all, keyAddress), valueAddress);
            default -> -SystemCallException.EINVAL;
        };
    }

    private OptionalInt refusalOf(int map, int command) {
        return refusals.entrySet().stream()
                .filter(entry -> command == MAP_UPDATE_ELEM && entry.getValue() != 0)
                .filter(entry -> maps.get(entry.getKey()) == map)
                .mapToInt(Map.Entry::getValue)
                .findFirst();
    }

    private static Long next(NavigableMap<Long, Long> all, long keyAddress) {
        if (keyAddress == 0) {
            return all.isEmpty() ? null : all.firstKey();
        }
        return all.higherKey(number(keyAddress));
    }

    private static int write(Long found, long address) {
        if (found == null) {
            return -SystemCallException.ENOENT;
        }
        new Pointer(address).setLong(0, found);
        return 0;
    }

    private static long number(long address) {
        return new Pointer(address).getLong(0);
    }

    private static int memory(String name, int size) {
        NativeLibrary libc = NativeLibrary.getProcess();
        int memory = libc.getFunction("memfd_create").invokeInt(new Object[] {name, 0});
        libc.getFunction("ftruncate").invokeInt(new Object[] {memory, (long) size});
        return memory;
    }

    private static int duplicate(int descriptor) {
        return NativeLibrary.getProcess().getFunction("dup").invokeInt(new Object[] {descriptor});
    }
}
