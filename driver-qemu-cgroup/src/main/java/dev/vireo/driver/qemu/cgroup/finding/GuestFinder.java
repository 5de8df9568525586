package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.linux.ProcessDirectory;
import dev.vireo.driver.qemu.cgroup.reading.CounterSource;
import dev.vireo.driver.qemu.cgroup.reading.GuestProcess;
import dev.vireo.driver.qemu.cgroup.reading.OpenFileBudget;
import dev.vireo.driver.qemu.cgroup.reading.ProcessStat;
import dev.vireo.driver.qemu.cgroup.reading.Workspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the QEMU processes of the host. The same run is the same {@link Guest} each time; one that has ended is closed and
 * forgotten. Looking again when nothing has changed makes no garbage. Thread-safe.
 */
public final class GuestFinder implements AutoCloseable {
    private static final long PLACES_LAST_NANOS = 1_000_000_000L;
    private static final long YOUNG_NANOS = 10 * PLACES_LAST_NANOS;

    private final HostView host;
    private final OpenFileBudget budget;
    private final LongSupplier nanoClock;
    private final ProcessDirectory processes;
    private final Identification identification;
    private final GroupChoice groupChoice;
    private final Workspace space = new Workspace();
    private List<SeenProcess> seen = new ArrayList<>();
    private List<SeenProcess> next = new ArrayList<>();
    private List<Guest> guests = List.of();
    private long placesLooked;
    private long lastArrival;

    /**
     * Makes a finder that knows no guest yet.
     *
     * @param host where to look
     * @param budget says which files may stay open
     * @param nanoClock tells how much time has passed
     * @throws IOException if the processes cannot be listed
     */
    public GuestFinder(HostView host, OpenFileBudget budget, LongSupplier nanoClock) throws IOException {
        this.host = host;
        this.budget = budget;
        this.nanoClock = nanoClock;
        this.processes = new ProcessDirectory(host.procfs());
        this.identification = new Identification(host);
        this.groupChoice = new GroupChoice(host);
        this.lastArrival = nanoClock.getAsLong() - YOUNG_NANOS;
        this.placesLooked = lastArrival;
    }

    /**
     * Looks for the guests that run now.
     *
     * @return the guests, by pid
     * @throws IOException if the list of processes cannot be read
     */
    public List<Guest> find() throws IOException {
        return find(true);
    }

    /**
     * Looks for guests for a reader who asks each of them anyway whether it still runs.
     *
     * @return the guests, by pid; some may have ended and not been waited for yet
     * @throws IOException if the list of processes cannot be read
     */
    public List<Guest> findToRead() throws IOException {
        return find(false);
    }

    private synchronized List<Guest> find(boolean surelyAlive) throws IOException {
        processes.list();
        identification.startPass();
        boolean changed = follow(surelyAlive);
        long now = nanoClock.getAsLong();
        boolean due = changed || now - placesLooked > PLACES_LAST_NANOS || now - lastArrival < YOUNG_NANOS;
        if (due) {
            lookAtPlaces();
            placesLooked = now;
        }
        return guests;
    }

    /** Goes through the list and what was known side by side, both by pid; returns whether guests came or went. */
    private boolean follow(boolean surelyAlive) {
        boolean changed = false;
        next.clear();
        int known = 0;
        for (int i = 0; i < processes.size(); i++) {
            int pid = processes.pid(i);
            while (known < seen.size() && seen.get(known).pid() < pid) {
                changed |= forget(seen.get(known++));
            }
            SeenProcess before = known < seen.size() && seen.get(known).pid() == pid ? seen.get(known++) : null;
            SeenProcess now = before != null && before.inode() == processes.inode(i) && holds(before, surelyAlive)
                    ? before
                    : inspect(pid, processes.inode(i), before);
            changed |= guestOf(now) != guestOf(before);
            if (before != null && guestOf(now) != guestOf(before)) {
                forget(before);
            }
            if (now != null) {
                next.add(now);
            }
        }
        while (known < seen.size()) {
            changed |= forget(seen.get(known++));
        }
        List<SeenProcess> old = seen;
        seen = next;
        next = old;
        return changed;
    }

    private static @Nullable FoundGuest guestOf(@Nullable SeenProcess process) {
        return process == null ? null : process.guest();
    }

    private boolean holds(SeenProcess process, boolean surelyAlive) {
        FoundGuest guest = process.guest();
        if (guest != null) {
            return guest.identity().isFinal()
                    && (!surelyAlive || guest.counters().isAlive(space));
        }
        return switch (process.kind()) {
            case KERNEL_THREAD -> true;
            case OTHER -> !isQemu(process.pid());
            case HELPER, GUEST -> isQemu(process.pid()) && hasParent(process);
        };
    }

    private boolean hasParent(SeenProcess helper) {
        try {
            return ProcessStat.read(directory(helper.pid())).parent() == helper.parent();
        } catch (IOException ended) {
            return false;
        }
    }

    /** Returns null for a process that has ended or does not say yet who it is. */
    private @Nullable SeenProcess inspect(int pid, long inode, @Nullable SeenProcess before) {
        FoundGuest known = before == null ? null : before.guest();
        try {
            ByteBuffer program = processes.program(pid);
            if (program != null && !ProgramName.isQemu(program)) {
                return new SeenProcess(pid, inode, SeenProcess.Kind.OTHER, 0, null);
            }
            ProcessStat stat = ProcessStat.read(directory(pid));
            if (stat.isKernelThread()) {
                return new SeenProcess(pid, inode, SeenProcess.Kind.KERNEL_THREAD, 0, null);
            }
            if (stat.hasEnded() || (program == null && !ProgramName.isQemu(stat.command()))) {
                return new SeenProcess(pid, inode, SeenProcess.Kind.OTHER, 0, null);
            }
            return inspectQemu(inode, new GuestProcess(directory(pid), pid, stat.startTime()), stat.parent(), known);
        } catch (IOException unreadable) {
            // ended between the list and the look, or for want of descriptors: then what was known still holds
            return known == null || known.process().hasEnded() ? null : before;
        }
    }

    private @Nullable SeenProcess inspectQemu(long inode, GuestProcess process, int parent, @Nullable FoundGuest known)
            throws IOException {
        boolean isKnown = known != null
                && known.process().equals(process)
                && known.counters().isAlive(space);
        // a process that did not answer was taken for a guest; now it may turn out to be a helper
        boolean isSurelyGuest = known != null && isKnown && known.identity().isFinal();
        if (!isSurelyGuest && isHelper(process, parent)) {
            return new SeenProcess(process.pid(), inode, SeenProcess.Kind.HELPER, parent, null);
        }
        Identity identity = identification.identify(process);
        if (identity == null) {
            return null;
        }
        FoundGuest guest = known;
        if (guest != null && isKnown) {
            guest.identify(identity);
        } else {
            guest = new FoundGuest(process, identity, budget);
        }
        lastArrival = nanoClock.getAsLong();
        return new SeenProcess(process.pid(), inode, SeenProcess.Kind.GUEST, parent, guest);
    }

    private boolean isHelper(GuestProcess process, int parent) throws IOException {
        if (parent <= 0 || !isQemu(parent)) {
            return false;
        }
        Path directory = directory(parent);
        return identification.isHelper(
                process,
                new GuestProcess(directory, parent, ProcessStat.read(directory).startTime()));
    }

    /** -name process=… gives a process any name; its program says what it is, where we may see it. */
    private boolean isQemu(int pid) {
        ByteBuffer program = processes.program(pid);
        if (program != null) {
            return ProgramName.isQemu(program);
        }
        try {
            return ProgramName.isQemu(ProcessStat.read(directory(pid)).command());
        } catch (IOException ended) {
            return false;
        }
    }

    private Path directory(int pid) {
        return host.procfs().resolve(Integer.toString(pid));
    }

    /** Others may have come into a guest's group, or its manager has put it into one only now. */
    private void lookAtPlaces() throws IOException {
        groupChoice.startPass();
        Set<Path> taken = new HashSet<>();
        Map<Path, FoundGuest> owners = new HashMap<>();
        for (SeenProcess process : seen) {
            FoundGuest guest = process.guest();
            if (guest != null) {
                look(guest);
                Path group = ownGroup(guest.choice());
                if (group != null && owners.put(group, guest) != null) {
                    taken.add(group);
                }
            }
        }
        List<Guest> now = new ArrayList<>();
        for (SeenProcess process : seen) {
            FoundGuest guest = process.guest();
            CounterSource source = guest == null ? null : source(guest, taken);
            if (guest != null && source != null) {
                guest.counters().moveTo(source);
                now.add(guest.guest());
            }
        }
        if (!isSame(now)) {
            guests = List.copyOf(now);
        }
    }

    private void look(FoundGuest guest) {
        try {
            guest.look(groupChoice, space.text());
        } catch (IOException unreadable) {
            // ended, which the next look finds out; or for want of descriptors: then it is where it was
        }
    }

    private @Nullable CounterSource source(FoundGuest guest, Set<Path> taken) {
        Path group = ownGroup(guest.choice());
        return group != null && taken.contains(group)
                ? groupChoice.shared(guest.groups(), "also holds another guest")
                : guest.choice();
    }

    private static @Nullable Path ownGroup(@Nullable CounterSource source) {
        if (source instanceof CounterSource.V1 v1) {
            return v1.group();
        }
        return source instanceof CounterSource.V2 v2 ? v2.group() : null;
    }

    /** Equal guests are one run of a guest; the same ones have the same name and id, too. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isSame(List<Guest> now) {
        if (now.size() != guests.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i) != guests.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether it was a guest. */
    private boolean forget(SeenProcess process) {
        FoundGuest guest = process.guest();
        if (guest == null) {
            return false;
        }
        identification.forget(guest.process());
        close(guest);
        return true;
    }

    private static void close(FoundGuest guest) {
        try {
            guest.close();
        } catch (IOException unclosed) {
            // what was only read from loses nothing; the descriptor is gone all the same
            System.getLogger(GuestFinder.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing the files of a guest that has ended", unclosed);
        }
    }

    /** Closes the files of all guests. */
    @Override
    public synchronized void close() {
        for (SeenProcess process : seen) {
            forget(process);
        }
        seen.clear();
        guests = List.of();
        identification.close();
        processes.close();
    }
}
