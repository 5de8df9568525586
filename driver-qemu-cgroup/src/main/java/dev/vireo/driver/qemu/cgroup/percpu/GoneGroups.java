package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.MapElements;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.EventMaps;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.RowLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds guests whose control group has been removed. It takes a look at all groups, so it is for when there is no more room,
 * and for the guests whose end nobody notes: those that were watched by who does not know the kernel's number of their process.
 */
final class GoneGroups {
    private final CountingHost host;
    private final MapElements watched;
    private final EventMemory memory;

    GoneGroups(CountingHost host, MapElements watched, EventMemory memory) {
        this.host = host;
        this.watched = watched;
        this.memory = memory;
    }

    void noteEnds() throws IOException {
        // what cannot be seen from here may be there all the same
        if (!host.seesAllGroups()) {
            return;
        }
        Set<Long> there = all();
        for (long group : watched.keys()) {
            OptionalLong row = watched.find(group);
            if (row.isPresent() && !there.contains(group)) {
                noteEndOf(EventMaps.row(row.getAsLong()));
            }
        }
    }

    private void noteEndOf(int row) {
        int guest = RowLayout.guest(row);
        if (row == RowLayout.whole(guest)) {
            memory.noteEnd(guest);
        }
    }

    private Set<Long> all() throws IOException {
        Set<Long> all = new HashSet<>();
        collect(host.groups(), all);
        return all;
    }

    private static void collect(Path group, Set<Long> all) throws IOException {
        try (Stream<Path> below = Files.list(group)) {
            all.add(CountingHost.idOf(group));
            for (Path file : (Iterable<Path>) below::iterator) {
                if (Files.isDirectory(file)) {
                    collect(file, all);
                }
            }
        } catch (NoSuchFileException gone) {
            // since it was listed
        } catch (UncheckedIOException unreadable) {
            if (!(unreadable.getCause() instanceof NoSuchFileException)) {
                throw unreadable.getCause();
            }
        }
    }
}
