package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file of the kernel, kept open and read again in place; opened for each reading where the budget of descriptors is used
 * up.
 *
 * <p>A {@link FileChannel} reads in one system call, but an interrupted thread closes it. Here that thread opens it again,
 * within its call, and keeps its interrupt for whoever waits for it: no other reader notices. Not thread-safe: its owner's
 * lock guards it.
 */
public final class KernelFile implements AutoCloseable {
    private final Path path;
    private final OpenFileBudget budget;
    private @Nullable FileChannel channel;
    private boolean sameSinceOpen;

    /**
     * Opens a file.
     *
     * @param path which
     * @param budget says whether it may stay open
     * @throws IOException if it is not there or may not be read
     */
    public KernelFile(Path path, OpenFileBudget budget) throws IOException {
        this.path = path;
        this.budget = budget;
        boolean keeps = budget.take();
        try {
            FileChannel opened = FileChannel.open(path, StandardOpenOption.READ);
            if (keeps) {
                channel = opened;
                sameSinceOpen = true;
            } else {
                opened.close();
            }
        } catch (IOException | RuntimeException failed) {
            if (keeps) {
                budget.giveBack();
            }
            throw failed;
        }
    }

    /**
     * Takes the file's text as it is now.
     *
     * @param into takes the text, and is set to its start
     * @throws IOException if the file cannot be read any more
     */
    public void read(KernelText into) throws IOException {
        into.begin(path);
        // a channel closes at once for a thread that comes with its interrupt set
        boolean interrupted = Thread.interrupted();
        try {
            while (!triedToRead(into)) {
                interrupted = true;
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes the file that is open now for the right one, after whoever knows has looked; one that is not kept never is. */
    void trust() {
        sameSinceOpen = channel != null;
    }

    /**
     * Tells whether what was read since this was made is one and the same file, whatever has its path by now.
     *
     * @return false if it was opened more than once
     */
    public boolean isSameSinceOpen() {
        return sameSinceOpen;
    }

    /** Returns false if an interrupt came in between; it is taken back then, and a kept file is open again. */
    private boolean triedToRead(KernelText into) throws IOException {
        try {
            if (channel == null) {
                readOnce(into);
            } else {
                into.fill(opened());
            }
            return true;
        } catch (ClosedByInterruptException closed) {
            Thread.interrupted();
            if (channel != null) {
                sameSinceOpen = false;
                channel = FileChannel.open(path, StandardOpenOption.READ);
            }
            return false;
        }
    }

    private void readOnce(KernelText into) throws IOException {
        try (FileChannel once = FileChannel.open(path, StandardOpenOption.READ)) {
            into.fill(once);
        }
    }

    private FileChannel opened() throws IOException {
        FileChannel open = channel;
        if (open == null || !open.isOpen()) {
            // a former attempt to open it again failed, for want of descriptors for instance
            open = FileChannel.open(path, StandardOpenOption.READ);
            channel = open;
        }
        return open;
    }

    @Override
    public void close() {
        FileChannel closing = channel;
        if (closing != null) {
            channel = null;
            budget.giveBack();
            try {
                closing.close();
            } catch (IOException unclosed) {
                // what was only read from loses nothing, and the descriptor is gone all the same
            }
        }
    }
}
