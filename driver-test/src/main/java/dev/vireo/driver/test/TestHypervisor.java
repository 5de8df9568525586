package dev.vireo.driver.test;

import dev.vireo.CpuAccounting;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainEvent;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.spi.DomainEventSink;
import dev.vireo.spi.Registration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A hypervisor in memory: domains that run, pause, end and appear, on a host whose CPU ids may have gaps.
 *
 * <p>Every vCPU spins: the CPU time of a running domain grows by its number of vCPUs times the time that the clock shows
 * to have passed, spread evenly over the host's CPUs; nine tenths of it are user time; on each CPU 99 hundredths are the
 * vCPUs'. A paused domain uses nothing. The domains of the configuration begin with the numbers of libvirt's test driver
 * when the hypervisor is made; those that appear later begin at 0. Equal clocks give equal numbers, to the nanosecond.
 *
 * <p>Connections of {@code new TestDriver(hypervisor)} share one hypervisor; each connection that a plain
 * {@code test:///default} opens has its own, which ends with it. Thread-safe.
 */
public final class TestHypervisor {
    private final HypervisorConfiguration configuration;
    private final LongSupplier clock;
    private final Instant clockZero;
    private final long madeAt;
    private final Faults faults = new Faults();
    private final List<DomainEventSink> sinks = new CopyOnWriteArrayList<>();
    // one change of a life at a time, so that events come in the order of what happened
    private final Object life = new Object();
    private int lastId;
    private volatile List<TestDomain> domains;
    private volatile CpuStatsOrigin origin = origin(0);
    private volatile @Nullable Instant accountingSince;

    /**
     * Makes a hypervisor on real time.
     *
     * @param configuration its host and its first domains
     */
    public TestHypervisor(HypervisorConfiguration configuration) {
        this(configuration, System::nanoTime, Instant.now().minusNanos(System.nanoTime()));
    }

    /**
     * Makes a hypervisor on a clock of the caller's.
     *
     * @param configuration its host and its first domains, which start now
     * @param clock nanoseconds since {@link Instant#EPOCH}, never going back; asked under a lock, it must not call back
     */
    public TestHypervisor(HypervisorConfiguration configuration, LongSupplier clock) {
        this(configuration, clock, Instant.EPOCH);
    }

    private TestHypervisor(HypervisorConfiguration configuration, LongSupplier clock, Instant clockZero) {
        this.configuration = configuration;
        this.clock = clock;
        this.clockZero = clockZero;
        this.madeAt = clock.getAsLong();
        int presentCpus = configuration.cpuMap().presentCount();
        List<TestDomain> first = new ArrayList<>();
        for (DomainConfiguration domain : configuration.domains()) {
            first.add(make(domain, CpuTimes.fromPreset(domain.vcpus(), presentCpus)));
        }
        domains = List.copyOf(first);
    }

    /**
     * Makes the hypervisor of {@link HypervisorConfiguration#preset()} on a clock of the caller's.
     *
     * @param clock as in {@link #TestHypervisor(HypervisorConfiguration, LongSupplier)}
     * @return the hypervisor, with the running domain {@code test}
     */
    public static TestHypervisor preset(LongSupplier clock) {
        return new TestHypervisor(HypervisorConfiguration.preset(), clock);
    }

    /**
     * Returns the description that this hypervisor was made from.
     *
     * @return its host and its first domains
     */
    public HypervisorConfiguration configuration() {
        return configuration;
    }

    /**
     * Returns what can be made to go wrong.
     *
     * @return this hypervisor's faults
     */
    public Faults faults() {
        return faults;
    }

    /**
     * Returns all domains, also those that are shut off.
     *
     * @return an immutable list, in the order in which they appeared
     */
    public List<TestDomain> domains() {
        return domains;
    }

    /**
     * Returns the first domain of a name, also one that is shut off.
     *
     * @param name the exact name
     * @return the domain
     * @throws IllegalArgumentException naming those that there are, if there is none
     */
    public TestDomain domain(String name) {
        return domains.stream()
                .filter(domain -> domain.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no domain '" + name + "' among " + domains));
    }

    /**
     * Makes a domain appear, its times beginning at 0. One that is not shut off gets a new id, and events tell of it.
     *
     * @param domain its description; its name and uuid may be those of another
     * @return the domain
     */
    public TestDomain add(DomainConfiguration domain) {
        synchronized (life) {
            TestDomain added = make(domain, CpuTimes.fromZero(domain.vcpus(), cpuCount()));
            replace(null, added);
            reportStart(added);
            return added;
        }
    }

    /**
     * Gives the CPU statistics another generation, as a source does that starts again: differences to earlier values
     * mean nothing then.
     */
    public void restartSource() {
        synchronized (life) {
            origin = origin(origin.generation() + 1);
        }
    }

    TestDomain start(TestDomain shutOff) {
        synchronized (life) {
            shutOff.requireShutOff();
            DomainConfiguration running = shutOff.configuration().withState(DomainState.RUNNING);
            TestDomain run = make(running, CpuTimes.fromZero(running.vcpus(), cpuCount()));
            replace(shutOff, run);
            reportStart(run);
            return run;
        }
    }

    void pause(TestDomain domain) {
        change(domain, DomainState.PAUSED, DomainEvent.Type.SUSPENDED);
    }

    void resume(TestDomain domain) {
        change(domain, DomainState.RUNNING, DomainEvent.Type.RESUMED);
    }

    void end(TestDomain domain) {
        synchronized (life) {
            domain.requireActive();
            DomainConfiguration kept = domain.configuration().withState(DomainState.SHUTOFF);
            replace(domain, kept.persistent() ? make(kept, domain.times()) : null);
            report(domain, DomainEvent.Type.STOPPED);
        }
    }

    Registration register(DomainEventSink sink) {
        sinks.add(sink);
        return () -> sinks.remove(sink);
    }

    int sinkCount() {
        return sinks.size();
    }

    long nanos() {
        return clock.getAsLong();
    }

    long upNanos() {
        return nanos() - madeAt;
    }

    CpuStatsOrigin origin() {
        return origin;
    }

    void startAccounting() {
        synchronized (life) {
            if (accountingSince == null) {
                accountingSince = clockZero.plusNanos(nanos());
            }
        }
    }

    void stopAccounting() {
        accountingSince = null;
    }

    CpuAccounting accounting() {
        Instant since = accountingSince;
        return since == null
                ? new CpuAccounting(false, Optional.empty(), "accounting is off; the in-memory counters run regardless")
                : new CpuAccounting(true, Optional.of(since), "accounting is on, in the memory of this process");
    }

    /** What each operation does first: it fails if it was asked to, or if the hypervisor is gone. */
    void called(Operation operation, @Nullable TestDomain domain) {
        faults.called(operation, domain);
    }

    void requireAlive() {
        if (!faults.isConnected()) {
            throw HypervisorException.of(
                    ErrorCode.RPC, TestDriver.NAME, "the in-memory hypervisor is gone; open a new connection");
        }
    }

    private void change(TestDomain domain, DomainState next, DomainEvent.Type event) {
        synchronized (life) {
            domain.requireActive();
            if (domain.enter(next)) {
                report(domain, event);
            }
        }
    }

    private TestDomain make(DomainConfiguration domain, CpuTimes times) {
        int id = domain.state() == DomainState.SHUTOFF ? -1 : ++lastId;
        return new TestDomain(this, id, domain, times);
    }

    private void replace(@Nullable TestDomain old, @Nullable TestDomain successor) {
        List<TestDomain> changed = new ArrayList<>(domains);
        if (old != null) {
            changed.remove(old);
        }
        if (successor != null) {
            changed.add(successor);
        }
        domains = List.copyOf(changed);
        if (old != null) {
            old.die();
        }
    }

    private void reportStart(TestDomain domain) {
        DomainState state = domain.state();
        if (state != DomainState.SHUTOFF) {
            report(domain, DomainEvent.Type.STARTED);
        }
        if (state == DomainState.PAUSED) {
            report(domain, DomainEvent.Type.SUSPENDED);
        }
    }

    private void report(TestDomain domain, DomainEvent.Type type) {
        for (DomainEventSink sink : sinks) {
            sink.event(domain, type);
        }
    }

    private int cpuCount() {
        return configuration.cpuMap().presentCount();
    }

    private static CpuStatsOrigin origin(long generation) {
        return CpuStatsOrigin.from("in-memory").generation(generation).build();
    }
}
