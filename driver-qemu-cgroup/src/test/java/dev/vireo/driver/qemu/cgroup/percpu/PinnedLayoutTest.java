package dev.vireo.driver.qemu.cgroup.percpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.driver.qemu.cgroup.percpu.bpf.EventMaps;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.RowLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is pinned outlives the version of Vireo that pinned it: when this test has to change, so has the name. */
class PinnedLayoutTest {
    private static final Path NOWHERE = Path.of("/nowhere");

    @Test
    void thisNameStandsForThisLayout() {
        CountingHost host = new CountingHost(NOWHERE, NOWHERE, NOWHERE, NOWHERE, 0, 2, true);
        assertEquals("vireo-1", new EventPins(host).directory().getFileName().toString());
        RowLayout rows = new RowLayout(2);
        assertEquals(
                List.of(
                        "MapSpec[type=HASH, keySize=8, valueSize=8, entries=131072, flags=1, name=vireo_groups]",
                        "MapSpec[type=HASH, keySize=8, valueSize=8, entries=131072, flags=1, name=vireo_threads]",
                        "MapSpec[type=HASH, keySize=8, valueSize=8, entries=4096, flags=1, name=vireo_processes]",
                        "MapSpec[type=ARRAY, keySize=4, valueSize=8, entries=32768, flags=1024, name=vireo_times]",
                        "MapSpec[type=ARRAY, keySize=4, valueSize=64, entries=1, flags=1024, name=vireo_settings]"),
                Stream.of(EventMapSet.Name.values())
                        .map(name -> EventMapSet.spec(name, rows).toString())
                        .toList());
        assertEquals(List.of(0, 1L << 32), List.of(EventMaps.LEVELS, EventMaps.WITH_THREADS));
        assertEquals(List.of(2, 3, 2), List.of(rows.ended(), rows.since(), rows.process()));
        assertEquals(List.of(10, 11), List.of(RowLayout.whole(5), RowLayout.vcpus(5)));
    }
}
