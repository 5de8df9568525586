package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.Descriptor;
import dev.vireo.driver.qemu.cgroup.linux.MapSpec;
import dev.vireo.driver.qemu.cgroup.linux.SharedMemory;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.EventMaps;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.RowLayout;
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
    private final RowLayout rows;

    EventMapSet(int cpus, Origin origin) throws IOException, PassedOverException {
        this.rows = new RowLayout(cpus);
        try {
            for (Name name : Name.values()) {
                maps.put(name, closing.add(origin.open(name, spec(name, rows))));
            }
            long timesSize = (long) EventMemory.ROWS * rows.length() * Long.BYTES;
            memory = new EventMemory(
                    closing.add(SharedMemory.of(map(Name.TIMES), timesSize)),
                    closing.add(SharedMemory.of(map(Name.SETTINGS), EventMemory.SETTINGS_SIZE)),
                    rows);
        } catch (IOException | PassedOverException | RuntimeException failed) {
            closing.close();
            throw failed;
        }
    }

    static MapSpec spec(Name name, RowLayout rows) {
        String title = "vireo_" + name.fileName();
        return switch (name) {
            case GROUPS, THREADS -> new MapSpec(MapSpec.Type.HASH, 8, 8, MOST_PARTS, MapSpec.GROWING, title);
            case PROCESSES -> new MapSpec(MapSpec.Type.HASH, 8, 8, EventMemory.GUESTS, MapSpec.GROWING, title);
            case TIMES ->
                new MapSpec(MapSpec.Type.ARRAY, 4, 8, EventMemory.ROWS * rows.length(), MapSpec.SHARED, title);
            case SETTINGS -> new MapSpec(MapSpec.Type.ARRAY, 4, EventMemory.SETTINGS_SIZE, 1, MapSpec.SHARED, title);
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
                rows);
    }

    @Override
    public void close() {
        closing.close();
    }
}
