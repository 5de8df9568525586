package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.Bpf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Counting that goes on when no process reads: the programs of {@link PerCpuSource#SCHED_EVENTS}, pinned in bpffs. */
public final class PinnedAccounting {
    private final Bpf bpf = Bpf.ofThisKernel();
    private final CountingHost host;
    private final EventPins pins;

    /**
     * Makes one that has not looked yet.
     *
     * @param host the host
     */
    public PinnedAccounting(CountingHost host) {
        this.host = host;
        this.pins = new EventPins(host);
    }

    /**
     * Begins to count, if that has not been done. What this process counted by itself it counts there from then on.
     *
     * @throws IOException if bpffs is not mounted or may not be written
     * @throws PassedOverException if this host cannot count so
     */
    public void start() throws IOException, PassedOverException {
        SchedEvents.pinned(bpf, host).close();
        SharedEvents.ofThisProcess().stopOwn(host);
    }

    /**
     * Ends what was begun, by whatever process, and leaves nothing behind.
     *
     * @throws IOException if it cannot be removed
     */
    public void stop() throws IOException {
        if (pins.presence() == EventPins.Presence.CLOSED) {
            throw new IOException(pins.directory() + " is root's alone");
        }
        // throws where that may not be seen
        if (isRunning()) {
            tellReaders();
        }
        pins.remove();
    }

    private void tellReaders() throws IOException {
        try (SchedEvents events = SchedEvents.open(bpf, host)) {
            events.stop();
        } catch (PassedOverException foreign) {
            // nobody reads what is not ours, but it is removed
        }
    }

    /**
     * Tells whether it counts.
     *
     * @return whether there is something pinned
     * @throws IOException if that is not for this process to see
     */
    public boolean isRunning() throws IOException {
        return switch (pins.presence()) {
            case ABSENT -> false;
            case OPEN -> true;
            case HIDDEN ->
                throw new IOException("what is in " + pins.directory().getParent() + " may not be seen");
            case CLOSED -> throw new IOException("there is " + pins.directory() + ", which only root may open");
        };
    }

    /**
     * Tells since when it counts.
     *
     * @return when it began to
     * @throws IOException if it cannot be opened now
     * @throws PassedOverException if what is pinned is not ours
     */
    public Instant since() throws IOException, PassedOverException {
        try (SchedEvents events = SchedEvents.open(bpf, host)) {
            return events.attachedAt();
        }
    }

    /**
     * Returns where it is pinned.
     *
     * @return a directory of bpffs
     */
    public Path directory() {
        return pins.directory();
    }
}
