package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.Bpf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sources that a connection may use, each made ready when it is first needed. What this host refuses it refuses for the
 * whole connection, but for what it refuses for the moment alone. Thread-safe.
 */
public final class PerCpuCounting implements AutoCloseable {
    private final CountingHost host;
    private final PerCpuOption option;
    private final Bpf bpf;
    private final OnlineCpus online;
    private final PerfEvents perf;
    private final Map<PerCpuSource, PassedOverException> refused = new EnumMap<>(PerCpuSource.class);
    private @Nullable SchedGroups groups;
    private @Nullable SchedEvents events;

    /**
     * Makes a counting that has not begun.
     *
     * @param host the host
     * @param option which sources may be used
     * @param online tells which CPUs are online
     * @param budget says how many descriptors may be opened
     * @param nanoClock a clock that never goes back
     */
    public PerCpuCounting(
            CountingHost host,
            PerCpuOption option,
            OnlineCpus online,
            DescriptorBudget budget,
            LongSupplier nanoClock) {
        this.bpf = Bpf.ofThisKernel();
        this.host = host;
        this.option = option;
        this.online = online;
        this.perf = new PerfEvents(host, online, budget, nanoClock);
    }

    int cpus() {
        return host.cpus();
    }

    int onlineCpus() throws IOException {
        return online.read().cardinality();
    }

    /** Tells whether the connection may use a source. */
    boolean allows(PerCpuSource source) {
        return option.allows(source);
    }

    /** Opens the time of a control group. */
    SubtreeTimes open(PerCpuSource source, Path group, int process) throws IOException, PassedOverException {
        if (source == PerCpuSource.SCHED_GROUP) {
            CpuController.require(group);
        }
        return ready(source).open(host.subtree(group, process));
    }

    private synchronized Counting ready(PerCpuSource source) throws IOException, PassedOverException {
        PassedOverException before = refused.get(source);
        if (before != null) {
            throw before;
        }
        try {
            return switch (source) {
                case SCHED_GROUP -> groups();
                case SCHED_EVENTS -> events();
                case PERF -> perf;
            };
        } catch (PassedOverException now) {
            refused.put(source, now);
            throw now;
        }
    }

    private SchedGroups groups() throws IOException, PassedOverException {
        SchedGroups open = groups;
        if (open == null) {
            open = new SchedGroups(bpf, host);
            groups = open;
        }
        return open;
    }

    private SchedEvents events() throws IOException, PassedOverException {
        SchedEvents open = events;
        if (open != null && open.isStopped()) {
            release();
            open = null;
        }
        if (open == null) {
            open = SharedEvents.ofThisProcess().acquire(bpf, host);
            events = open;
        }
        return open;
    }

    private void release() {
        if (events != null) {
            SharedEvents.ofThisProcess().release(host, events);
            events = null;
        }
    }

    /**
     * Tells whether guests are to be watched as soon as they are found, since something counts already.
     *
     * @return whether it does
     */
    public boolean isCounting() {
        return allows(PerCpuSource.SCHED_EVENTS) && SharedEvents.ofThisProcess().isCounting(host);
    }

    /** Lets go of all sources; those of the guests have been closed. */
    @Override
    public synchronized void close() {
        if (groups != null) {
            groups.close();
            groups = null;
        }
        release();
    }
}
