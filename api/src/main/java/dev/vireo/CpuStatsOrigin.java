package dev.vireo;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says where CPU statistics come from: which source, what it counts since and why, and what is missing.
 *
 * <p>Within one {@linkplain #generation() generation} a counter never goes back; when the generation changes, a
 * difference to an earlier value means nothing. Immutable and thread-safe.
 */
public final class CpuStatsOrigin {
    /** Says when a source began to count. */
    public enum Since {
        /** With the domain: the counter holds all that this run of the guest has used. */
        DOMAIN_START,
        /** With the control group's cpu controller, which may be later than the domain. */
        CONTROLLER_CREATED,
        /** When the domain came into the control group that is read; what it used before was counted elsewhere. */
        GROUP_ENTERED,
        /** When a counting program was attached; what came before is unknown. */
        ATTACHED
    }

    private final String source;
    private final Since since;
    private final @Nullable Instant sinceTime;
    private final long generation;
    private final Map<String, String> missing;
    private final Map<String, String> notes;

    private CpuStatsOrigin(Builder builder) {
        source = builder.source;
        since = builder.since;
        sinceTime = builder.sinceTime;
        generation = builder.generation;
        missing = Collections.unmodifiableMap(new LinkedHashMap<>(builder.missing));
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.notes));
    }

    /**
     * Starts an origin whose counters run since the domain's start, in generation 0, with nothing missing.
     *
     * @param source what the values are read from, for instance {@code cpuacct.usage}
     * @return a builder
     */
    public static Builder from(String source) {
        return new Builder(source);
    }

    /**
     * Returns what the values are read from.
     *
     * @return the name of a kernel file, a library function or a method of counting
     */
    public String source() {
        return source;
    }

    /**
     * Returns when the source began to count.
     *
     * @return the occasion
     */
    public Since since() {
        return since;
    }

    /**
     * Returns the wall-clock time at which the source began to count.
     *
     * @return the time, empty where it is not known
     */
    public Optional<Instant> sinceTime() {
        return Optional.ofNullable(sinceTime);
    }

    /**
     * Returns a number that changes when the source starts again from another point.
     *
     * @return the generation
     */
    public long generation() {
        return generation;
    }

    /**
     * Returns what is missing, and why.
     *
     * @return from the name of a field or source to the reason, in the order in which they were tried
     */
    public Map<String, String> missing() {
        return missing;
    }

    /**
     * Returns what the reader ought to know of the numbers, for instance which threads count as the guest's.
     *
     * @return from a short name to a sentence
     */
    public Map<String, String> notes() {
        return notes;
    }

    @Override
    public String toString() {
        return source + " since " + since + (sinceTime == null ? "" : " at " + sinceTime) + ", generation " + generation
                + (missing.isEmpty() ? "" : ", missing " + missing);
    }

    /** Builds a {@link CpuStatsOrigin}. Not thread-safe. */
    public static final class Builder {
        private final String source;
        private Since since = Since.DOMAIN_START;
        private @Nullable Instant sinceTime;
        private long generation;
        private final Map<String, String> missing = new LinkedHashMap<>();
        private final Map<String, String> notes = new LinkedHashMap<>();

        private Builder(String source) {
            this.source = Objects.requireNonNull(source, "source");
        }

        /**
         * Says when the source began to count.
         *
         * @param since the occasion
         * @param time the wall-clock time, null where it is not known
         * @return this builder
         */
        public Builder since(Since since, @Nullable Instant time) {
            this.since = Objects.requireNonNull(since, "since");
            this.sinceTime = time;
            return this;
        }

        /**
         * Sets the number that changes when the source starts again.
         *
         * @param generation the generation
         * @return this builder
         */
        public Builder generation(long generation) {
            this.generation = generation;
            return this;
        }

        /**
         * Names a field or a source that is missing.
         *
         * @param what the field, for instance {@code vcpu_time}, or the source that was passed over
         * @param reason why
         * @return this builder
         */
        public Builder missing(String what, String reason) {
            missing.put(Objects.requireNonNull(what, "what"), Objects.requireNonNull(reason, "reason"));
            return this;
        }

        /**
         * Adds what the reader ought to know of the numbers.
         *
         * @param name a short name
         * @param text a sentence
         * @return this builder
         */
        public Builder note(String name, String text) {
            notes.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(text, "text"));
            return this;
        }

        /**
         * Makes the origin.
         *
         * @return an immutable value
         */
        public CpuStatsOrigin build() {
            return new CpuStatsOrigin(this);
        }
    }
}
