package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.driver.qemu.cgroup.percpu.PassedOverException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks for threads that the scheduler does not run in its fair class, the one whose groups have run times. */
final class UnfairThreads {
    /** The fields of {@code stat} between the name and {@code policy}. */
    private static final int WORDS_BEFORE_POLICY = 38;

    // the policies of the fair class
    private static final long NORMAL = 0;
    private static final long BATCH = 3;
    private static final long IDLE = 5;

    private UnfairThreads() {}

    static void requireNone(OpenedGuest guest, KernelText text) throws IOException, PassedOverException {
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(guest.threads().tasks())) {
            for (Path task : tasks) {
                requireFair(task, guest.budget(), text);
            }
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
    }

    private static void requireFair(Path task, OpenFileBudget budget, KernelText text) throws PassedOverException {
        long policy;
        try (KernelFile stat = new KernelFile(task.resolve("stat"), budget)) {
            stat.read(text);
            text.skipName();
            text.skipWords(WORDS_BEFORE_POLICY);
            policy = text.nextUnsigned();
        } catch (IOException ended) {
            return;
        }
        if (policy != NORMAL && policy != BATCH && policy != IDLE) {
            throw new PassedOverException(
                    "thread " + task.getFileName() + " of the guest runs by the scheduling policy " + policy
                            + ", whose time the scheduler's groups do not know");
        }
    }
}
