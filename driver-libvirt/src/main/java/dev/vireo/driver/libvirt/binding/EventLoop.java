package dev.vireo.driver.libvirt.binding;

import dev.vireo.driver.libvirt.binding.EventImplementation.AddHandle;
import dev.vireo.driver.libvirt.binding.EventImplementation.AddTimeout;
import dev.vireo.driver.libvirt.binding.EventImplementation.Remove;
import dev.vireo.driver.libvirt.binding.EventImplementation.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The loop on which libvirt delivers events and notices connections that broke: one daemon thread a process, registered
 * before the first connection opens. Connections that are for calls alone stay out of it, since a loop makes each call
 * dearer, libvirt's own by a third. Thread-safe.
 */
final class EventLoop {
    private static final String LOG = "dev.vireo.driver.libvirt";

    /** The connection that this thread is opening. */
    private static final ThreadLocal<Opening> OPENING = new ThreadLocal<>();

    /** A connection that is being opened: whether the loop is to watch it, and the descriptor that libvirt asks to watch. */
    static final class Opening {
        private final boolean isWatched;
        private int descriptor = -1;

        Opening(boolean isWatched) {
            this.isWatched = isWatched;
        }

        /** Returns the descriptor, -1 if libvirt has asked for none. */
        int descriptor() {
            return descriptor;
        }
    }

    private final Epoll epoll = new Epoll();
    private final Map<Integer, Watch> watches = new HashMap<>();
    private final Map<Integer, Timer> timers = new HashMap<>();
    private final List<Runnable> frees = new ArrayList<>();
    private int lastNumber;
    private long sleepsUntil;

    // libvirt calls them for as long as the process lives
    private final AddHandle addHandle = this::addHandle;
    private final Update updateHandle = this::updateHandle;
    private final Remove removeHandle = this::removeHandle;
    private final AddTimeout addTimeout = this::addTimeout;
    private final Update updateTimeout = this::updateTimeout;
    private final Remove removeTimeout = this::removeTimeout;

    /** Registers the loop and starts it. Where the program has a loop of its own, libvirt keeps that one. */
    static void start() {
        EventLoop loop = new EventLoop();
        loop.register();
        loop.startThread();
    }

    void startThread() {
        Thread thread = new Thread(this::run, "vireo-libvirt-events");
        thread.setDaemon(true);
        thread.start();
    }

    /** Opens a connection; to one that is not to be watched libvirt is told that there is no loop. */
    static long open(LongSupplier open, Opening opening) {
        OPENING.set(opening);
        try {
            return open.getAsLong();
        } finally {
            OPENING.remove();
        }
    }

    private void register() {
        Virt.virEventRegisterImpl(addHandle, updateHandle, removeHandle, addTimeout, updateTimeout, removeTimeout);
    }

    synchronized int addHandle(int descriptor, int events, long callback, long opaque, long free) {
        Opening opening = OPENING.get();
        if (opening != null) {
            opening.descriptor = descriptor;
            if (!opening.isWatched) {
                return -1;
            }
        }
        Watch watch = new Watch(++lastNumber, descriptor, callback, opaque, free);
        if (!watch.waitFor(events, epoll)) {
            return -1;
        }
        watches.put(watch.number(), watch);
        return watch.number();
    }

    synchronized void updateHandle(int number, int events) {
        Watch watch = watches.get(number);
        if (watch != null) {
            watch.waitFor(events, epoll);
        }
    }

    synchronized int removeHandle(int number) {
        Watch watch = watches.remove(number);
        if (watch == null) {
            return -1;
        }
        watch.waitFor(0, epoll);
        freeLater(watch::free);
        return 0;
    }

    synchronized int addTimeout(int millis, long callback, long opaque, long free) {
        Timer timer = new Timer(++lastNumber, callback, opaque, free);
        timers.put(timer.number(), timer);
        set(timer, millis);
        return timer.number();
    }

    synchronized void updateTimeout(int number, int millis) {
        Timer timer = timers.get(number);
        if (timer != null) {
            set(timer, millis);
        }
    }

    synchronized int removeTimeout(int number) {
        Timer timer = timers.remove(number);
        if (timer == null) {
            return -1;
        }
        freeLater(timer::free);
        return 0;
    }

    private void set(Timer timer, int millis) {
        timer.set(millis, System.nanoTime());
        // a loop that sleeps too short goes back to sleep by itself
        if (timer.isSet() && timer.dueIn(sleepsUntil) < 0) {
            epoll.wake();
        }
    }

    /** libvirt may hold locks when it removes something, which freeing it takes again. */
    private void freeLater(Runnable free) {
        frees.add(free);
        epoll.wake();
    }

    private void run() {
        while (true) {
            try {
                goRound();
            } catch (Throwable broken) {
                // one event that fails must not be the last
                System.getLogger(LOG).log(System.Logger.Level.WARNING, "libvirt's event loop", broken);
            }
        }
    }

    private void goRound() {
        int ready = epoll.await(millisToSleep());
        for (int i = 0; i < ready; i++) {
            callHandle(epoll.id(i), epoll.events(i));
        }
        dueTimers().forEach(this::callTimer);
        takeFrees().forEach(Runnable::run);
    }

    private synchronized int millisToSleep() {
        long now = System.nanoTime();
        long nanos = Long.MAX_VALUE;
        for (Timer timer : timers.values()) {
            nanos = Math.min(nanos, timer.isSet() ? Math.max(0, timer.dueIn(now)) : Long.MAX_VALUE);
        }
        boolean isEndless = nanos == Long.MAX_VALUE;
        sleepsUntil = now + (isEndless ? Long.MAX_VALUE / 2 : nanos);
        return isEndless ? -1 : (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000);
    }

    /** What was removed in the meantime is called no more; what is being called is freed afterwards, by this thread. */
    private void callHandle(int number, int ready) {
        Watch watch;
        synchronized (this) {
            watch = watches.get(number);
        }
        if (watch != null) {
            watch.call(ready);
        }
    }

    private synchronized List<Timer> dueTimers() {
        long now = System.nanoTime();
        List<Timer> due = new ArrayList<>();
        for (Timer timer : timers.values()) {
            if (timer.isSet() && timer.dueIn(now) <= 0) {
                timer.again(now);
                due.add(timer);
            }
        }
        return due;
    }

    private void callTimer(Timer timer) {
        boolean isThere;
        synchronized (this) {
            isThere = timers.get(timer.number()) == timer && timer.isSet();
        }
        if (isThere) {
            timer.call();
        }
    }

    private synchronized List<Runnable> takeFrees() {
        List<Runnable> taken = List.copyOf(frees);
        frees.clear();
        return taken;
    }
}
