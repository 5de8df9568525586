package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.reading.GuestProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads command lines without being held up: {@code /proc/PID/cmdline} takes the lock of the process's memory, which a sick
 * guest may hold for as long as it likes. Each is asked once, on a thread that nobody waits for longer than a moment, nor
 * for many such threads longer than a second. Not thread-safe.
 */
final class CommandLines implements AutoCloseable {
    /** Long enough for a busy host, whose threads wait to run. */
    private static final long PATIENCE_NANOS = 250_000_000L;

    private static final long PATIENCE_WITH_ALL_NANOS = 1_000_000_000L;

    private long patienceNanos = PATIENCE_WITH_ALL_NANOS;
    private final Map<GuestProcess, Future<byte[]>> pending = new HashMap<>();
    // a thread for each process that does not answer, one for all others
    private final ExecutorService readers =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), reader -> {
                Thread thread = new Thread(reader, "vireo-command-line");
                thread.setDaemon(true);
                return thread;
            });

    /** Has new patience. */
    void startPass() {
        patienceNanos = PATIENCE_WITH_ALL_NANOS;
    }

    /**
     * Returns the text of a process's command line.
     *
     * @return the text, empty if the process does not answer yet
     * @throws IOException if it has ended or may not be asked
     */
    Optional<byte[]> find(GuestProcess process) throws IOException {
        Future<byte[]> asked = pending.get(process);
        boolean first = asked == null;
        if (asked == null) {
            Path file = process.directory().resolve("cmdline");
            asked = readers.submit(() -> Files.readAllBytes(file));
            pending.put(process, asked);
        }
        long start = System.nanoTime();
        try {
            return answer(asked, first ? Math.min(PATIENCE_NANOS, patienceNanos) : 0);
        } finally {
            // a failure too, for want of descriptors for instance: it is asked again at the next look
            if (asked.isDone()) {
                pending.remove(process);
            } else {
                patienceNanos = Math.max(0, patienceNanos - (System.nanoTime() - start));
            }
        }
    }

    /** Forgets a process that has ended. */
    void forget(GuestProcess process) {
        pending.remove(process);
    }

    private static Optional<byte[]> answer(Future<byte[]> asked, long nanos) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return Optional.of(asked.get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException later) {
            return Optional.empty();
        } catch (InterruptedException hurried) {
            interrupted = true;
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getCause()), failed.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        readers.shutdown();
    }
}
