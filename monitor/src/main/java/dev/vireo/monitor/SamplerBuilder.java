package dev.vireo.monitor;

import dev.vireo.Connection;
import dev.vireo.StatsGroup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Sampler}. Not thread-safe. */
public final class SamplerBuilder {
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration RESCAN = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Connection connection;
    private LongSupplier clock = System::nanoTime;
    private InstantSource wallClock = InstantSource.system();
    private @Nullable Waiting waiting;
    private Duration deadline = DEADLINE;
    private Duration rescan = RESCAN;
    private Set<StatsGroup> groups = EnumSet.allOf(StatsGroup.class);
    private @Nullable Predicate<? super DomainRun> hostCpuTimes;

    SamplerBuilder(Connection connection) {
        this.connection = Objects.requireNonNull(connection, "connection");
    }

    /**
     * Sets the clock that intervals, ages and deadlines are measured by.
     *
     * @param nanos a clock that never goes back; {@link System#nanoTime} if it is not set
     * @return this builder
     */
    public SamplerBuilder clock(LongSupplier nanos) {
        clock = Objects.requireNonNull(nanos, "nanos");
        return this;
    }

    /**
     * Sets the clock that snapshots are dated by.
     *
     * @param clockOnTheWall the time of day; the system's if it is not set
     * @return this builder
     */
    public SamplerBuilder wallClock(InstantSource clockOnTheWall) {
        wallClock = Objects.requireNonNull(clockOnTheWall, "clockOnTheWall");
        return this;
    }

    /**
     * Sets how long a sample waits for the domains. Those that have not been read by then are stale.
     *
     * @param time more than 0; 1 s if it is not set
     * @return this builder
     * @throws IllegalArgumentException if it is 0 or less, or more than a year
     */
    public SamplerBuilder deadline(Duration time) {
        deadline = requireTime(time, "deadline");
        return this;
    }

    /**
     * Sets how old the list of domains may become where life-cycle events keep it, in case one was lost; also how often it is
     * asked which CPUs the host has.
     *
     * @param time more than 0; 10 s if it is not set
     * @return this builder
     * @throws IllegalArgumentException if it is 0 or less, or more than a year
     */
    public SamplerBuilder rescan(Duration time) {
        rescan = requireTime(time, "rescan");
        return this;
    }

    /**
     * Sets what is read.
     *
     * @param wanted at least one group; all of them if it is not set
     * @return this builder
     * @throws IllegalArgumentException if there is none
     */
    public SamplerBuilder groups(Set<StatsGroup> wanted) {
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("a sampler reads at least one of " + EnumSet.allOf(StatsGroup.class));
        }
        groups = EnumSet.copyOf(wanted);
        return this;
    }

    /**
     * Reads the times per host CPU of some domains only: those that somebody looks at. Without it, of all domains, if
     * {@link StatsGroup#HOST_CPU} is among the groups.
     *
     * @param wanted asked for each domain at each sample, on another thread; may change its mind
     * @return this builder
     */
    public SamplerBuilder hostCpuTimesOf(Predicate<? super DomainRun> wanted) {
        hostCpuTimes = Objects.requireNonNull(wanted, "wanted");
        return this;
    }

    SamplerBuilder waiting(Waiting how) {
        waiting = how;
        return this;
    }

    /**
     * Makes the sampler, without a call.
     *
     * @return a sampler, to be closed before its connection
     */
    public Sampler build() {
        return new Sampler(new SamplerSettings(
                connection,
                clock,
                wallClock,
                waiting == null ? Waiting.by(clock) : waiting,
                deadline.toNanos(),
                rescan.toNanos(),
                groups,
                hostCpuTimes == null ? run -> true : hostCpuTimes,
                hostCpuTimes == null));
    }

    private static Duration requireTime(Duration time, String what) {
        if (time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a " + what + " is more than 0 and at most " + LONGEST + ", not " + time);
        }
        return time;
    }
}
