package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.HypervisorException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a guest: whether it goes on, and what is told when it does not. Guarded by the guest's lock.
 *
 * <p>Asked after each reading: then the guest ran while it was read.
 */
final class GuestRun implements AutoCloseable {
    private final GuestProcess process;
    private final OpenFileBudget budget;
    private final GuestErrors errors;
    private final Runnable whenEnded;
    private @Nullable Liveness liveness;
    private boolean closed;

    /**
     * Makes the run of a process, not looked at yet.
     *
     * @param whenEnded closes all that is open of the guest, this run too
     */
    GuestRun(GuestProcess process, OpenFileBudget budget, GuestErrors errors, Runnable whenEnded) {
        this.process = process;
        this.budget = budget;
        this.errors = errors;
        this.whenEnded = whenEnded;
    }

    /** Tells whether nothing is to be read any more. */
    boolean isClosed() {
        return closed;
    }

    /** Tells whether it goes on; false if it is certain that it has ended. Closes nothing. */
    boolean isAlive(Workspace space) {
        if (closed) {
            return false;
        }
        try {
            return liveness().isAlive(space.text);
        } catch (IOException ended) {
            return !process.hasEnded();
        }
    }

    /** Tells whether it goes on; closes everything when it has ended. */
    boolean isStillAlive(Workspace space) {
        boolean alive = liveness == null ? !process.hasEnded() : liveness.isAlive(space.text);
        if (!alive) {
            whenEnded.run();
        }
        return alive;
    }

    void requireAlive(Workspace space) {
        if (closed || !isStillAlive(space)) {
            throw errors.gone();
        }
    }

    /** A file that cannot be read any more is the guest's end, if the guest has ended. */
    void requireAlive(Workspace space, IOException failed) {
        if (closed || !isStillAlive(space)) {
            HypervisorException gone = errors.gone();
            gone.addSuppressed(failed);
            throw gone;
        }
    }

    /** Returns what is told of a file that cannot be read, though the guest runs. */
    HypervisorException unreadable(Workspace space, IOException failed) {
        requireAlive(space, failed);
        return errors.unreadable(failed);
    }

    /** What is opened by path must not be that of a later process with the same pid. */
    void requireThisRun() throws IOException {
        if (closed) {
            throw errors.gone();
        }
        liveness();
    }

    private Liveness liveness() throws IOException {
        Liveness open = liveness;
        if (open == null) {
            open = new Liveness(process, budget);
            liveness = open;
        }
        return open;
    }

    /** From now on the run is over, whatever its process does. */
    @Override
    public void close() {
        closed = true;
        if (liveness != null) {
            liveness.close();
            liveness = null;
        }
    }
}
