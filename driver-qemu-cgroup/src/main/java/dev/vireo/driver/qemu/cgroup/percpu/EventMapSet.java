package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.Bpf;
import dev.vireo.driver.qemu.cgroup.linux.Bpf.MapSpec;
import dev.vireo.driver.qemu.cgroup.linux.Bpf.MapType;
import dev.vireo.driver.qemu.cgroup.linux.Descriptor;
import dev.vireo.driver.qemu.cgroup.linux.SharedMemory;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.EventMaps;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The maps of the counting programs, made or found. Closing it closes this process's descriptors of them. */
final class EventMapSet implements AutoCloseable {
    /** What there is, by the name under which it is pinned. */
    enum Name {
        GROUPS,
        THREADS,
        PROCESSES,
        TIMES,
        SETTINGS;

        String fileName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where a map comes from. */
    interface Origin {
        Descriptor open(Name name, MapSpec spec) throws IOException, PassedOverException;
    }

    /** How many groups and threads there is room for: 32 of each guest, if all are there. */
    static final int MOST_PARTS = 1 << 17;

    private final Closing closing = new Closing();
    private final Map<Name, Descriptor> maps = new EnumMap<>(Name.class);
    private final EventMemory memory;
    private final int cpus;

    EventMapSet(int cpus, Origin origin) throws IOException, PassedOverException {
        this.cpus = cpus;
        try {
            for (Name name : Name.values()) {
                maps.put(name, closing.add(origin.open(name, spec(name, cpus))));
            }
            long timesSize = (long) EventMemory.ROWS * EventMemory.rowLength(cpus) * Long.BYTES;
            memory = new EventMemory(
                    closing.add(SharedMemory.of(map(Name.TIMES), timesSize)),
                    closing.add(SharedMemory.of(map(Name.SETTINGS), EventMemory.SETTINGS_SIZE)),
                    cpus);
        } catch (IOException | PassedOverException | RuntimeException failed) {
            closing.close();
            throw failed;
        }
    }

    static MapSpec spec(Name name, int cpus) {
        String title = "vireo_" + name.fileName();
        return switch (name) {
            case GROUPS, THREADS -> new MapSpec(MapType.HASH, 8, 8, MOST_PARTS, Bpf.GROWING, title);
            case PROCESSES -> new MapSpec(MapType.HASH, 8, 8, EventMemory.GUESTS, Bpf.GROWING, title);
            case TIMES ->
                new MapSpec(MapType.ARRAY, 4, 8, EventMemory.ROWS * EventMemory.rowLength(cpus), Bpf.SHARED, title);
            case SETTINGS -> new MapSpec(MapType.ARRAY, 4, EventMemory.SETTINGS_SIZE, 1, Bpf.SHARED, title);
        };
    }

    Descriptor map(Name name) {
        Descriptor map = maps.get(name);
        if (map == null) {
            throw new IllegalStateException("the map " + name + " has not been opened");
        }
        return map;
    }

    EventMemory memory() {
        return memory;
    }

    /** Returns the maps as programs that this process loads refer to them. */
    EventMaps numbers() {
        return new EventMaps(
                map(Name.GROUPS).number(),
                map(Name.THREADS).number(),
                map(Name.PROCESSES).number(),
                map(Name.TIMES).number(),
                map(Name.SETTINGS).number(),
                cpus);
    }

    @Override
    public void close() {
        closing.close();
    }
}
