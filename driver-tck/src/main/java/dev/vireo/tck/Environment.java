package dev.vireo.tck;

import dev.vireo.Domain;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the driver under test can be put to where it is tested, and where it is known to deviate. Immutable: each method answers
 * another environment.
 */
public final class Environment {
    private static final Environment STANDARD =
            new Environment(null, false, null, null, Duration.ofMillis(300), Duration.ofMillis(20), Map.of());

    /** Ends a running domain. */
    @FunctionalInterface
    public interface Ending {
        /**
         * Ends it, for good.
         *
         * @param domain the domain
         * @throws Exception if it cannot
         */
        void end(Domain domain) throws Exception;
    }

    private final @Nullable String domain;
    private final boolean mayWrite;
    private final @Nullable Ending ending;
    private final @Nullable String withoutPerCpu;
    private final Duration load;
    private final Duration grain;
    private final Map<String, String> deviations;

    private Environment(
            @Nullable String domain,
            boolean mayWrite,
            @Nullable Ending ending,
            @Nullable String withoutPerCpu,
            Duration load,
            Duration grain,
            Map<String, String> deviations) {
        this.domain = domain;
        this.mayWrite = mayWrite;
        this.ending = ending;
        this.withoutPerCpu = withoutPerCpu;
        this.load = load;
        this.grain = grain;
        this.deviations = deviations;
    }

    /**
     * Returns the environment where nothing is known to differ: the kit looks at the first running domain, and changes
     * nothing.
     *
     * @return the standard one
     */
    public static Environment standard() {
        return STANDARD;
    }

    /**
     * Has the kit look at one domain, where others run beside it.
     *
     * @param name its name
     * @return another environment
     */
    public Environment withDomain(String name) {
        return new Environment(
                Objects.requireNonNull(name, "name"), mayWrite, ending, withoutPerCpu, load, grain, deviations);
    }

    /**
     * Lets the kit open connections that may write: suspend, resume and end the domain with the driver's own operations, and
     * start and stop the host's CPU accounting, where it does not run already.
     * Each test then needs a running domain of its own.
     *
     * @return another environment
     */
    public Environment thatMayBeChanged() {
        return new Environment(domain, true, ending, withoutPerCpu, load, grain, deviations);
    }

    /**
     * Tells how a domain is ended where the driver has no {@code DOMAIN_DESTROY}. Each test then needs a running domain of
     * its own.
     *
     * @param newEnding ends it
     * @return another environment
     */
    public Environment withEnding(Ending newEnding) {
        return new Environment(
                domain,
                mayWrite,
                Objects.requireNonNull(newEnding, "newEnding"),
                withoutPerCpu,
                load,
                grain,
                deviations);
    }

    /**
     * Says that times per CPU cannot be had here: the driver must say so, by {@code OPERATION_UNSUPPORTED}.
     *
     * @param reason why
     * @return another environment
     */
    public Environment withoutTimesPerCpu(String reason) {
        return new Environment(
                domain, mayWrite, ending, Objects.requireNonNull(reason, "reason"), load, grain, deviations);
    }

    /**
     * Sets how much CPU time the kit has used at a time, and how fine the driver's numbers are.
     *
     * @param newLoad how much is used; 300 ms if this is not called
     * @param newGrain by how much a number may be off at any moment, on each CPU; 20 ms if this is not called
     * @return another environment
     */
    public Environment withLoad(Duration newLoad, Duration newGrain) {
        return new Environment(domain, mayWrite, ending, withoutPerCpu, newLoad, newGrain, deviations);
    }

    /**
     * Declares that the driver is known to break a rule. That is shown each time, and is a failure once it is not true any
     * more.
     *
     * @param rule the rule's number
     * @param reason why it cannot keep to it
     * @return another environment
     */
    public Environment withDeviation(String rule, String reason) {
        Map<String, String> more = new TreeMap<>(deviations);
        more.put(rule, Objects.requireNonNull(reason, "reason"));
        return new Environment(domain, mayWrite, ending, withoutPerCpu, load, grain, Map.copyOf(more));
    }

    Optional<String> domain() {
        return Optional.ofNullable(domain);
    }

    boolean mayWrite() {
        return mayWrite;
    }

    Optional<Ending> ending() {
        return Optional.ofNullable(ending);
    }

    Optional<String> withoutPerCpu() {
        return Optional.ofNullable(withoutPerCpu);
    }

    Duration load() {
        return load;
    }

    Duration grain() {
        return grain;
    }

    Map<String, String> deviations() {
        return deviations;
    }
}
