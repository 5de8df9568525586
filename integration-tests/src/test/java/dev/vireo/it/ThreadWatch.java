package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks again and again at the run time of each of a guest's threads, on a thread of its own. */
final class ThreadWatch implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long NOTABLE_NANOS = 1_000_000;

    private final Guest guest;
    private final Thread thread;
    /** The thread ids that were seen, with the most that each had run. */
    private final Map<String, Long> seen = new HashMap<>();

    private final Set<String> ended = new HashSet<>();
    private long lastSum;
    private boolean sumWentBack;
    private IOException failure;
    private volatile boolean isClosed;

    private ThreadWatch(Guest guest) {
        this.guest = guest;
        thread = new Thread(this::run, "thread watch");
        thread.setDaemon(true);
    }

    static ThreadWatch start(Guest guest) {
        ThreadWatch watch = new ThreadWatch(guest);
        watch.thread.start();
        return watch;
    }

    /** Proves that what is tested could happen. */
    synchronized void assertThreadsEndedThatHadUsedTime(int count) {
        assertEquals(null, failure);
        long notable =
                ended.stream().filter(tid -> seen.get(tid) > NOTABLE_NANOS).count();
        assertTrue(notable >= count, () -> "ended: " + ended + " of " + seen);
    }

    /** Proves that a reader which adds up the threads that live would have been wrong. */
    synchronized void assertSumOverLiveThreadsWentBack() {
        assertTrue(sumWentBack, () -> "seen: " + seen);
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        Await.until("the watch ends", LIMIT, () -> !thread.isAlive());
    }

    private void run() {
        while (!isClosed) {
            try {
                look();
            } catch (IOException failed) {
                synchronized (this) {
                    failure = failed;
                }
                return;
            }
        }
    }

    private void look() throws IOException {
        Map<String, Long> now = new HashMap<>();
        for (Path task : guest.tasks()) {
            Optional<String> schedstat = Guest.readIfThere(task.resolve("schedstat"));
            schedstat.ifPresent(
                    text -> now.put(String.valueOf(task.getFileName()), Long.valueOf(text.split(" ", 2)[0])));
        }
        long sum = now.values().stream().mapToLong(Long::longValue).sum();
        synchronized (this) {
            sumWentBack |= sum < lastSum;
            lastSum = sum;
            seen.keySet().stream().filter(tid -> !now.containsKey(tid)).forEach(ended::add);
            seen.putAll(now);
        }
    }
}
