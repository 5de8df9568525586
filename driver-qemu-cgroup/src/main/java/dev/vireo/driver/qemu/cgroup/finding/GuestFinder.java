package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.percpu.PerCpuCounting;
import dev.vireo.driver.qemu.cgroup.reading.OpenFileBudget;
import dev.vireo.driver.qemu.cgroup.reading.SchedulerGroup;
import dev.vireo.driver.qemu.cgroup.reading.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Finds the guests of the host, and follows them from one control group to another. Looking again when nothing has changed
 * makes no garbage, but for a look at all places once a second. Thread-safe.
 */
public final class GuestFinder implements AutoCloseable {
    private static final long PLACES_LAST_NANOS = 1_000_000_000L;
    /** Managers move their guests right after they have started them, and libvirt writes its file. */
    private static final long YOUNG_NANOS = 10 * PLACES_LAST_NANOS;

    private static final long PLACES_OF_THE_YOUNG_LAST_NANOS = PLACES_LAST_NANOS / 10;

    private final LongSupplier nanoClock;
    private final Identification identification;
    private final QemuProcesses processes;
    private final Places places;
    // a reader of one guest never waits for those who look for all of them
    private final ReentrantLock lock = new ReentrantLock();
    private List<Guest> guests = List.of();
    private long placesLooked;
    private long libvirtAsked;
    private long lastArrival;

    /**
     * Makes a finder that knows no guest yet.
     *
     * @param host where to look
     * @param budget says which files may stay open
     * @param counting the sources of times per CPU on cgroup v2
     * @param nanoClock tells how much time has passed
     * @throws IOException if the processes cannot be listed
     */
    public GuestFinder(HostView host, OpenFileBudget budget, PerCpuCounting counting, LongSupplier nanoClock)
            throws IOException {
        Workspace space = new Workspace();
        this.nanoClock = nanoClock;
        this.identification = new Identification(host);
        this.processes = new QemuProcesses(host, budget, counting, nanoClock, identification, space);
        this.places = new Places(host, space);
        this.lastArrival = nanoClock.getAsLong() - YOUNG_NANOS;
        this.placesLooked = lastArrival;
        this.libvirtAsked = lastArrival;
    }

    /**
     * Looks for the guests that run now.
     *
     * @return the guests, by pid
     * @throws IOException if the processes cannot be looked at
     */
    public List<Guest> find() throws IOException {
        return find(true);
    }

    /**
     * Looks for guests for a reader who asks each of them anyway whether it still runs.
     *
     * @return the guests, by pid; some may have ended and not been waited for yet
     * @throws IOException if the processes cannot be looked at
     */
    public List<Guest> findToRead() throws IOException {
        return find(false);
    }

    private List<Guest> find(boolean surelyAlive) throws IOException {
        lock.lock();
        try {
            long now = nanoClock.getAsLong();
            boolean isYoung = now - lastArrival < YOUNG_NANOS;
            boolean isDue = now - placesLooked > (isYoung ? PLACES_OF_THE_YOUNG_LAST_NANOS : PLACES_LAST_NANOS);
            boolean changed = processes.follow(surelyAlive, isDue);
            if (changed) {
                lastArrival = now;
            }
            if (changed || isDue) {
                lookAtPlaces(now);
            }
            return guests;
        } finally {
            lock.unlock();
        }
    }

    private void lookAtPlaces(long now) {
        List<FoundGuest> found = found();
        if (now - libvirtAsked > PLACES_LAST_NANOS) {
            libvirtAsked = now;
            found.forEach(guest -> askLibvirtAgain(guest, now));
        }
        places.look(found, now);
        show(places.settle(withoutLaunchers(found), now));
        placesLooked = nanoClock.getAsLong();
    }

    /**
     * Looks where a guest is, for a reader who holds on to it and looks for no others, if the last look is a second ago.
     *
     * @param guest the guest
     * @param now the time by the finder's clock
     */
    public void follow(Guest guest, long now) {
        if (now - guest.found().lookedAt() > PLACES_LAST_NANOS && lock.tryLock()) {
            try {
                List<FoundGuest> found = found();
                if (found.contains(guest.found()) && places.look(guest.found(), found, now)) {
                    show(places.settle(withoutLaunchers(found), now));
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Looks where the cpu controller has a guest, each time anew: nobody asks for it often.
     *
     * @param guest the guest
     * @return its group
     * @throws IOException if that cannot be read; the guest may have ended
     * @throws dev.vireo.HypervisorException {@link dev.vireo.ErrorCode#OPERATION_UNSUPPORTED} if it has no group of its own
     */
    public SchedulerGroup schedulerGroup(Guest guest) throws IOException {
        lock.lock();
        try {
            return places.schedulerGroup(guest.found(), found());
        } finally {
            lock.unlock();
        }
    }

    private List<FoundGuest> found() {
        List<FoundGuest> found = new ArrayList<>();
        for (SeenProcess process : processes.seen()) {
            FoundGuest guest = process.guest();
            if (guest != null) {
                found.add(guest);
            }
        }
        return found;
    }

    /** libvirt's file comes a moment after the process; without libvirt there is none. */
    private void askLibvirtAgain(FoundGuest guest, long now) {
        if (guest.identity().source() == Identity.Source.COMMAND_LINE && now - guest.foundAt() < YOUNG_NANOS) {
            Optional<Identity> libvirts = identification.askLibvirt(guest.process());
            libvirts.ifPresent(guest::identify);
        }
    }

    /** QEMU with -daemonize stays until the process that it has put into the background, the guest, is up. */
    private static List<FoundGuest> withoutLaunchers(List<FoundGuest> found) {
        List<FoundGuest> shown = new ArrayList<>();
        for (FoundGuest guest : found) {
            if (!guest.identity().daemonizes() || found.stream().noneMatch(other -> isLaunchedBy(other, guest))) {
                shown.add(guest);
            }
        }
        return shown;
    }

    private static boolean isLaunchedBy(FoundGuest later, FoundGuest launcher) {
        long age = later.process().startTime() - launcher.process().startTime();
        boolean isLater = age > 0
                || (age == 0 && later.process().pid() > launcher.process().pid());
        return isLater && later.identity().isSameGuestAs(launcher.identity());
    }

    /** The list stays the same object while nothing in it changes. Equal guests are one run, maybe under another name. */
    @SuppressWarnings("ReferenceEquality")
    private void show(List<Guest> now) {
        boolean same = now.size() == guests.size();
        for (int i = 0; same && i < now.size(); i++) {
            same = now.get(i) == guests.get(i);
        }
        if (!same) {
            guests = List.copyOf(now);
        }
    }

    /** Closes the files of all guests. */
    @Override
    public void close() {
        lock.lock();
        try {
            guests = List.of();
            processes.close();
            identification.close();
        } finally {
            lock.unlock();
        }
    }
}
