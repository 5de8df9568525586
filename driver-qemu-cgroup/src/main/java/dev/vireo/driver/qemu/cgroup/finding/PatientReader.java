package dev.vireo.driver.qemu.cgroup.finding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
import java.util.function.Predicate;

/**
 * Reads files that may hold up whoever reads them: {@code /proc/PID/cmdline} takes the lock of the process's memory, which a
 * sick guest may hold for as long as it likes, and what looked like a user's file may be his pipe by now. Each is read once,
 * on a thread that nobody waits for longer than a moment, nor for many such threads longer than a second. Not thread-safe.
 *
 * @param <K> what is asked
 */
final class PatientReader<K> implements AutoCloseable {
    /** Long enough for a busy host, whose threads wait to run. */
    private static final long PATIENCE_NANOS = 250_000_000L;

    private static final long PATIENCE_WITH_ALL_NANOS = 1_000_000_000L;
    /** More than execve takes of arguments at any common limit of stacks; a process may claim to have any amount. */
    private static final int MOST_BYTES = 8 << 20;
    /** How many may not have answered yet before no more are asked. */
    private static final int MOST_PENDING = 256;

    private final Map<K, Future<byte[]>> pending = new HashMap<>();
    private long patienceNanos = PATIENCE_WITH_ALL_NANOS;
    // a thread for each that does not answer, one for all others
    private final ExecutorService readers =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), reader -> {
                Thread thread = new Thread(reader, "vireo-patient-reader");
                thread.setDaemon(true);
                return thread;
            });

    /** Has new patience. */
    void startPass() {
        patienceNanos = PATIENCE_WITH_ALL_NANOS;
    }

    /**
     * Returns a file's text, or its beginning if it is very long.
     *
     * @param asked whose file it is
     * @param file the file, which is no link
     * @return the text, empty if it does not come yet
     * @throws IOException if it cannot be read
     */
    Optional<byte[]> find(K asked, Path file) throws IOException {
        Future<byte[]> answer = pending.get(asked);
        boolean first = answer == null;
        if (answer == null) {
            if (pending.size() >= MOST_PENDING) {
                return Optional.empty();
            }
            answer = readers.submit(() -> read(file));
            pending.put(asked, answer);
        }
        long start = System.nanoTime();
        try {
            return await(answer, first ? Math.min(PATIENCE_NANOS, patienceNanos) : 0);
        } finally {
            // a failure too, for want of descriptors for instance: it is asked again at the next look
            if (answer.isDone()) {
                pending.remove(asked);
            } else {
                patienceNanos = Math.max(0, patienceNanos - (System.nanoTime() - start));
            }
        }
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** Forgets those of whom no answer is wanted any more. */
    void forget(Predicate<K> unwanted) {
        pending.keySet().removeIf(unwanted);
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream text = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return text.readNBytes(MOST_BYTES);
        }
    }

    private static Optional<byte[]> await(Future<byte[]> answer, long nanos) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return Optional.of(answer.get(nanos, TimeUnit.NANOSECONDS));
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
