package dev.vireo.driver.test;

import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of a domain of a {@link TestHypervisor}, or a domain that is shut off. Its methods act on the hypervisor
 * itself, past any connection, as a guest or another administrator would. Thread-safe.
 */
public final class TestDomain implements DomainRef {
    private final TestHypervisor hypervisor;
    private final int id;
    private final DomainConfiguration configuration;
    private final CpuTimes times;
    // guarded by this: a state and the time it was entered belong together
    private DomainState state;
    private boolean ended;
    private long ranBefore;
    private long runningSince;
    private SchedulerTuning tuning = SchedulerTuning.UNLIMITED;
    private final Map<Integer, BitSet> pins = new TreeMap<>();

    TestDomain(TestHypervisor hypervisor, int id, DomainConfiguration configuration, CpuTimes times) {
        this.hypervisor = hypervisor;
        this.id = id;
        this.configuration = configuration;
        this.times = times;
        this.state = configuration.state();
        this.runningSince = hypervisor.nanos();
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String name() {
        return configuration.name();
    }

    @Override
    public UUID uuid() {
        return configuration.uuid();
    }

    /**
     * Returns the domain's description.
     *
     * @return as it was given
     */
    public DomainConfiguration configuration() {
        return configuration;
    }

    /**
     * Returns the state; that of a run that has ended is {@link DomainState#SHUTOFF}.
     *
     * @return running, paused or shut off
     */
    public synchronized DomainState state() {
        return state;
    }

    /**
     * Tells whether this object is dead: its run has ended, or the domain that was shut off has been started.
     *
     * @return whether every call about it answers {@code NO_DOMAIN}
     */
    public synchronized boolean isEnded() {
        return ended;
    }

    /**
     * Starts the domain, which is shut off: a new run, whose times begin at 0.
     *
     * @return the run
     * @throws HypervisorException {@link ErrorCode#OPERATION_INVALID} if it is running, {@link ErrorCode#NO_DOMAIN} if
     *     this object is dead
     */
    public TestDomain start() {
        return hypervisor.start(this);
    }

    /**
     * Pauses the domain; its times stand still. If it is paused already, nothing happens.
     *
     * @throws HypervisorException {@link ErrorCode#OPERATION_INVALID} if it is shut off, {@link ErrorCode#NO_DOMAIN} if
     *     this run has ended
     */
    public void pause() {
        hypervisor.pause(this);
    }

    /**
     * Lets the paused domain go on. If it is running, nothing happens.
     *
     * @throws HypervisorException as {@link #pause()}
     */
    public void resume() {
        hypervisor.resume(this);
    }

    /**
     * Ends the run. A persistent domain stays, shut off, as another object.
     *
     * @throws HypervisorException as {@link #pause()}
     */
    public void end() {
        hypervisor.end(this);
    }

    /**
     * Has this run scheduled in another way. It is told by {@code getSchedulerParameters}, and that is all: vCPUs go on to
     * spin as fast as before.
     *
     * @param newTuning weight and limit from now on
     */
    public synchronized void tune(SchedulerTuning newTuning) {
        tuning = Objects.requireNonNull(newTuning, "newTuning");
    }

    /**
     * Pins a vCPU of this run to CPUs of the host. It is told by {@code getVcpuPinInfo}, and that is all.
     *
     * @param vcpu the number of the vCPU
     * @param cpus the CPUs that it may run on
     * @throws IllegalArgumentException if there is no such vCPU, or none of the CPUs
     */
    public synchronized void pin(int vcpu, BitSet cpus) {
        if (vcpu < 0 || vcpu >= configuration.vcpus()) {
            throw new IllegalArgumentException("no vCPU " + vcpu + " in " + this);
        }
        BitSet there = hypervisor.configuration().presentCpus();
        there.and(cpus);
        if (there.isEmpty()) {
            throw new IllegalArgumentException("the host has none of the CPUs " + cpus);
        }
        pins.put(vcpu, there);
    }

    synchronized SchedulerTuning tuning() {
        return tuning;
    }

    /** Returns null for a vCPU that is not pinned. */
    synchronized @Nullable BitSet pin(int vcpu) {
        return pins.get(vcpu);
    }

    CpuTimes times() {
        return times;
    }

    /** Returns how long the domain has run, pauses left out. */
    synchronized long ranNanos() {
        return state == DomainState.RUNNING ? ranBefore + hypervisor.nanos() - runningSince : ranBefore;
    }

    /** Enters another state; returns whether it was another. */
    synchronized boolean enter(DomainState next) {
        if (state == next) {
            return false;
        }
        long now = hypervisor.nanos();
        if (state == DomainState.RUNNING) {
            ranBefore += now - runningSince;
        }
        runningSince = now;
        state = next;
        return true;
    }

    synchronized void die() {
        enter(DomainState.SHUTOFF);
        ended = true;
    }

    synchronized void requireThere() {
        if (ended) {
            throw error(
                    ErrorCode.NO_DOMAIN,
                    "no domain with matching uuid '" + uuid() + "' (" + name()
                            + "); this run has ended, look the domain up again");
        }
    }

    synchronized void requireActive() {
        requireThere();
        if (state == DomainState.SHUTOFF) {
            throw error(
                    ErrorCode.OPERATION_INVALID,
                    "domain is not running; '" + name() + "' is shut off and must be started first");
        }
    }

    synchronized void requireShutOff() {
        requireThere();
        if (state != DomainState.SHUTOFF) {
            throw error(ErrorCode.OPERATION_INVALID, "domain is already running; end '" + name() + "' first");
        }
    }

    private static HypervisorException error(ErrorCode code, String detail) {
        return HypervisorException.of(code, TestDriver.NAME, detail);
    }

    @Override
    public String toString() {
        return "domain '" + name() + "' (id " + id + ", uuid " + uuid() + ")";
    }
}
