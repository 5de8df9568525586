package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.Bpf;
import dev.vireo.driver.qemu.cgroup.linux.MapElements;
import dev.vireo.driver.qemu.cgroup.linux.SystemCallException;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.EventMaps;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.RowLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which guests the counting programs watch. Its owner holds it, and so does each guest's time: the memory is given back when
 * none does any more. Thread-safe.
 */
final class EventCounter implements AutoCloseable {
    private final CountingHost host;
    private final EventMapSet maps;
    private final @Nullable EventPrograms programs;
    private final EventPins pins;
    private final boolean pinned;
    private final MapElements groups;
    private final MapElements threads;
    private final MapElements processes;
    // by since when their rows are in use
    private final Map<Long, WatchedGuest> watched = new HashMap<>();
    private int next;
    private int holders = 1;

    /**
     * Makes one.
     *
     * @param programs closed with this; null for pinned ones, which are nobody's, so that they end when they are unpinned
     */
    EventCounter(
            Bpf bpf,
            CountingHost host,
            EventMapSet maps,
            @Nullable EventPrograms programs,
            EventPins pins,
            boolean pinned) {
        this.host = host;
        this.maps = maps;
        this.programs = programs;
        this.pins = pins;
        this.pinned = pinned;
        this.groups = bpf.elements(maps.map(EventMapSet.Name.GROUPS));
        this.threads = bpf.elements(maps.map(EventMapSet.Name.THREADS));
        this.processes = bpf.elements(maps.map(EventMapSet.Name.PROCESSES));
    }

    EventMemory memory() {
        return maps.memory();
    }

    int cpus() {
        return host.cpus();
    }

    boolean isPinned() {
        return pinned;
    }

    /** Watches a guest: on the rows that it has already, or on new ones. */
    synchronized WatchedGuest watch(Subtree subtree) throws IOException, PassedOverException {
        long id = CountingHost.idOf(subtree.group());
        int number = alone(() -> {
            int known = known(groups, id);
            return known >= 0 && isOf(known, subtree) ? known : begin(subtree, id);
        });
        WatchedGuest guest =
                watched.computeIfAbsent(memory().since(number), since -> new WatchedGuest(number, since, subtree));
        guest.groups().add(id);
        guest.enter();
        holders++;
        return guest;
    }

    /** Returns which guest a key leads to, -1 if to none. */
    private static int known(MapElements elements, long key) throws IOException {
        OptionalLong row = elements.find(key);
        return row.isPresent() ? RowLayout.guest(EventMaps.row(row.getAsLong())) : -1;
    }

    /** A group may be used again for the guest's next run. */
    private boolean isOf(int guest, Subtree subtree) {
        int process = memory().process(guest);
        boolean isAnothers = process != 0 && subtree.process() != 0 && process != subtree.process();
        return !memory().hasEnded(guest) && !isAnothers;
    }

    /** Only what is pinned is changed by other processes, too, for as long as it is. */
    private <T> T alone(EventPins.Change<T> change) throws IOException, PassedOverException {
        return pinned && pins.isThere() ? pins.underLock(change) : change.make();
    }

    private int begin(Subtree subtree, long id) throws IOException, PassedOverException {
        int guest = freeGuest();
        if (guest < 0) {
            new GoneGroups(host, groups, memory()).noteEnds();
            forgetEnded();
            guest = freeGuest();
        }
        if (guest < 0) {
            throw new PassedOverException("no more than " + EventMemory.GUESTS + " guests can be counted at once");
        }
        memory().begin(guest, subtree.process(), System.currentTimeMillis());
        try {
            if (subtree.process() != 0) {
                noteMove(subtree.process(), guest);
                processes.put(subtree.process(), RowLayout.whole(guest));
            }
            memory().addLevels(host.levelBit(subtree.group()));
            groups.put(id, RowLayout.whole(guest));
        } catch (IOException refused) {
            processes.remove(subtree.process());
            memory().end(guest);
            if (refused instanceof SystemCallException full && full.errno() == SystemCallException.E2BIG) {
                throw noRoomForParts();
            }
            throw refused;
        }
        return guest;
    }

    /** The rows that a process had in another group have nobody who would note its end. */
    private void noteMove(int process, int guest) throws IOException {
        int before = known(processes, process);
        if (before >= 0 && before != guest && memory().process(before) == process) {
            memory().noteEnd(before);
        }
    }

    private int freeGuest() {
        for (int i = 0; i < EventMemory.GUESTS; i++) {
            int guest = (next + i) % EventMemory.GUESTS;
            if (memory().since(guest) == 0) {
                next = guest + 1;
                return guest;
            }
        }
        return -1;
    }

    /** Has the vCPUs counted as well: by their groups where they have some, else by their threads. */
    synchronized void watchVcpus(WatchedGuest guest, Vcpus vcpus) throws IOException, PassedOverException {
        try {
            alone(() -> putVcpus(guest, vcpus));
        } catch (SystemCallException refused) {
            if (refused.errno() == SystemCallException.E2BIG) {
                throw noRoomForParts();
            }
            throw refused;
        }
    }

    private static PassedOverException noRoomForParts() {
        return new PassedOverException(
                "no more than " + EventMapSet.MOST_PARTS + " groups and threads of vCPUs can be counted at once");
    }

    /** By now the rows may be another guest's: then whoever reads finds out, and nothing is put on them. */
    private boolean putVcpus(WatchedGuest guest, Vcpus vcpus) throws IOException {
        if (memory().since(guest.number()) != guest.since()) {
            return false;
        }
        Set<Long> wanted =
                new HashSet<>(Set.of(CountingHost.idOf(guest.subtree().group())));
        for (Path group : vcpus.groups()) {
            long id = CountingHost.idOf(group);
            memory().addLevels(host.levelBit(group));
            groups.put(id, guest.vcpuRow());
            wanted.add(id);
        }
        for (long unplugged : guest.groups()) {
            if (!wanted.contains(unplugged)) {
                removeIfOf(guest, groups, unplugged);
            }
        }
        guest.groups().clear();
        guest.groups().addAll(wanted);
        // by one of both only: what is found twice would be counted twice
        watchThreads(guest, vcpus.groups().isEmpty() ? vcpus.threads() : Set.of());
        return true;
    }

    private void watchThreads(WatchedGuest guest, Set<Integer> vcpuThreads) throws IOException {
        Set<Long> keys = new HashSet<>();
        for (int thread : vcpuThreads) {
            keys.add((long) guest.subtree().process() << Integer.SIZE | thread);
        }
        for (long gone : guest.threads()) {
            if (!keys.contains(gone)) {
                threads.remove(gone);
            }
        }
        for (long key : keys) {
            threads.put(key, guest.vcpuRow());
        }
        guest.threads().clear();
        guest.threads().addAll(keys);
        groups.put(
                CountingHost.idOf(guest.subtree().group()),
                keys.isEmpty() ? guest.row() : guest.row() | EventMaps.WITH_THREADS);
    }

    Instant since(WatchedGuest guest) {
        return Instant.ofEpochMilli(guest.since());
    }

    /** Watches a guest no more for one caller. With the last one nobody does, and if it is pinned when the guest has ended. */
    synchronized void leave(WatchedGuest guest) {
        int number = guest.number();
        boolean isLast = guest.leave();
        if (isLast) {
            watched.remove(guest.since());
        }
        boolean isOver = pinned ? memory().hasEnded(number) : isLast;
        try {
            if (isOver && memory().since(number) == guest.since()) {
                alone(() -> forget(guest));
            }
        } catch (IOException | PassedOverException refused) {
            // then the rows stay taken until the programs are detached
        }
        close();
    }

    private boolean forget(WatchedGuest guest) throws IOException {
        for (long id : guest.groups()) {
            removeIfOf(guest, groups, id);
        }
        for (long key : guest.threads()) {
            removeIfOf(guest, threads, key);
        }
        removeIfOf(guest, processes, guest.subtree().process());
        memory().end(guest.number());
        return true;
    }

    /** By now a key may lead to the rows that the guest has elsewhere, or its next run. */
    private static void removeIfOf(WatchedGuest guest, MapElements elements, long key) throws IOException {
        if (known(elements, key) == guest.number()) {
            elements.remove(key);
        }
    }

    /** Forgets guests that ended while nobody looked, as they may where the programs are pinned. */
    synchronized void sweep() throws IOException, PassedOverException {
        alone(this::forgetEnded);
    }

    private boolean forgetEnded() throws IOException {
        noteEnds();
        for (MapElements elements : List.of(groups, threads, processes)) {
            for (long key : elements.keys()) {
                int guest = known(elements, key);
                if (guest >= 0 && memory().hasEnded(guest)) {
                    elements.remove(key);
                }
            }
        }
        for (int guest = 0; guest < EventMemory.GUESTS; guest++) {
            if (memory().hasEnded(guest)) {
                memory().end(guest);
            }
        }
        return true;
    }

    /** The programs note no end that came before a process was looked out for. */
    private void noteEnds() {
        for (int guest = 0; guest < EventMemory.GUESTS; guest++) {
            int process = memory().since(guest) == 0 ? 0 : memory().process(guest);
            if (process != 0 && host.hasEnded(process)) {
                memory().noteEnd(guest);
            }
        }
    }

    /** Lets go of it for one holder. */
    @Override
    public synchronized void close() {
        holders--;
        if (holders == 0) {
            if (programs != null) {
                programs.close();
            }
            maps.close();
        }
    }
}
