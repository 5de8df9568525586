package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.VcpuTimes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The times of one guest's vCPUs, and the files of their threads that are open for them. Guarded by the guest's lock. */
final class GuestVcpuTimes implements AutoCloseable {
    private final GuestRun run;
    private final VcpuThreadIds ids;
    private final OpenFileBudget budget;
    private @Nullable VcpuThreads threads;

    GuestVcpuTimes(GuestRun run, VcpuThreadIds ids, OpenFileBudget budget) {
        this.run = run;
        this.ids = ids;
        this.budget = budget;
    }

    /** Fills in the vCPUs; what fails once is opened anew and read again. */
    void read(Workspace space, VcpuTimes into) {
        try {
            readWhileAlive(space, into);
            return;
        } catch (IOException first) {
            giveUp(space, first);
        }
        try {
            readWhileAlive(space, into);
        } catch (IOException again) {
            throw run.unreadable(space, again);
        }
    }

    /** Reads them for a bulk read; returns why there is nothing, null if there is. */
    @Nullable String readGroup(Workspace space) throws IOException {
        VcpuThreads open = opened(space);
        open.read(space);
        return open.unavailable();
    }

    private void readWhileAlive(Workspace space, VcpuTimes into) throws IOException {
        into.clear();
        VcpuThreads open = opened(space);
        open.read(space, into);
        run.requireAlive(space);
        String reason = open.unavailable();
        if (reason != null) {
            throw GuestErrors.unsupported(reason);
        }
    }

    private VcpuThreads opened(Workspace space) throws IOException {
        VcpuThreads open = threads;
        if (open == null) {
            run.requireThisRun();
            open = new VcpuThreads(ids, budget, space.now);
            threads = open;
        }
        return open;
    }

    private void giveUp(Workspace space, IOException failed) {
        run.requireAlive(space, failed);
        close();
    }

    /** Closes the files. The next reading opens them anew, if the run goes on. */
    @Override
    public void close() {
        if (threads != null) {
            threads.close();
            threads = null;
        }
    }
}
