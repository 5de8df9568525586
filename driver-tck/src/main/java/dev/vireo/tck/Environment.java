package dev.vireo.tck;

import dev.vireo.Domain;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the driver under test can be put to where it is tested, and where it is known to deviate. Immutable: each method answers
 * another environment.
 *
 * <p>A rule that needs something that the environment does not give is not tested, and the test says so in one line and is
 * aborted; where that cannot be helped, {@link #withUntested} tells why.
 */
public final class Environment {
    /** How many times finer than the load the driver's numbers are, at least. */
    private static final int LEAST_GRAINS = 8;

    private static final Environment STANDARD = new Environment();

    /** Does something to a domain by other means than the driver. */
    @FunctionalInterface
    public interface Intervention {
        /**
         * Does it.
         *
         * @param domain the domain
         * @throws Exception if it cannot
         */
        void on(Domain domain) throws Exception;
    }

    private final Map<String, String> deviations;
    private final Map<String, String> untested;
    private @Nullable String domain;
    private @Nullable String idleDomain;
    private @Nullable String inactiveDomain;
    private @Nullable Opening declined;
    private @Nullable Opening failing;
    private @Nullable Intervention ending;
    private @Nullable Intervention restart;
    private @Nullable BitSet hostCpus;
    private @Nullable String withoutPerCpu;
    private boolean mayWrite;
    private Duration load = Duration.ofMillis(300);
    private Duration grain = Duration.ofMillis(20);
    private Duration limit = Duration.ofMinutes(2);

    private Environment() {
        deviations = new TreeMap<>();
        untested = new TreeMap<>();
    }

    /** Copies one, so that one thing can be changed before anybody else sees it. */
    private Environment(Environment other) {
        deviations = new TreeMap<>(other.deviations);
        untested = new TreeMap<>(other.untested);
        domain = other.domain;
        idleDomain = other.idleDomain;
        inactiveDomain = other.inactiveDomain;
        declined = other.declined;
        failing = other.failing;
        ending = other.ending;
        restart = other.restart;
        hostCpus = other.hostCpus;
        withoutPerCpu = other.withoutPerCpu;
        mayWrite = other.mayWrite;
        load = other.load;
        grain = other.grain;
        limit = other.limit;
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
        Environment changed = new Environment(this);
        changed.domain = Objects.requireNonNull(name, "name");
        return changed;
    }

    /**
     * Names a domain that is running or paused and uses next to nothing while the other one is kept busy, so that it shows
     * whose time the driver tells.
     *
     * @param name its name
     * @return another environment
     */
    public Environment withIdleDomain(String name) {
        Environment changed = new Environment(this);
        changed.idleDomain = Objects.requireNonNull(name, "name");
        return changed;
    }

    /**
     * Names a domain that is known to the hypervisor and does not run.
     *
     * @param name its name
     * @return another environment
     */
    public Environment withInactiveDomain(String name) {
        Environment changed = new Environment(this);
        changed.inactiveDomain = Objects.requireNonNull(name, "name");
        return changed;
    }

    /**
     * Tells how an opening is made that the driver declines: there is nothing for it here.
     *
     * @param opening the opening
     * @return another environment
     */
    public Environment withDeclined(Opening opening) {
        Environment changed = new Environment(this);
        changed.declined = Objects.requireNonNull(opening, "opening");
        return changed;
    }

    /**
     * Tells how an opening is made that fails: the hypervisor that is meant cannot be reached.
     *
     * @param opening the opening
     * @return another environment
     */
    public Environment withFailing(Opening opening) {
        Environment changed = new Environment(this);
        changed.failing = Objects.requireNonNull(opening, "opening");
        return changed;
    }

    /**
     * Lets the kit open connections that may write: suspend, resume and end the domain with the driver's own operations, and
     * start and stop the host's CPU accounting, where it does not run already.
     * Each test then needs a running domain of its own.
     *
     * @return another environment
     */
    public Environment thatMayBeChanged() {
        Environment changed = new Environment(this);
        changed.mayWrite = true;
        return changed;
    }

    /**
     * Tells how a domain is ended where the driver has no {@code DOMAIN_DESTROY}. Each test then needs a running domain of
     * its own.
     *
     * @param newEnding ends it, for good
     * @return another environment
     */
    public Environment withEnding(Intervention newEnding) {
        Environment changed = new Environment(this);
        changed.ending = Objects.requireNonNull(newEnding, "newEnding");
        return changed;
    }

    /**
     * Tells how a guest that has ended is started again: it has the same uuid, and is another domain.
     *
     * @param newRestart starts again the guest whose run has ended
     * @return another environment
     */
    public Environment withRestart(Intervention newRestart) {
        Environment changed = new Environment(this);
        changed.restart = Objects.requireNonNull(newRestart, "newRestart");
        return changed;
    }

    /**
     * Tells the ids of the CPUs that the host has, where the driver has no {@code NODE_GET_CPU_MAP}.
     *
     * @param ids the ids
     * @return another environment
     */
    public Environment withHostCpus(BitSet ids) {
        Environment changed = new Environment(this);
        changed.hostCpus = (BitSet) ids.clone();
        return changed;
    }

    /**
     * Says that times per CPU cannot be had here: the driver must say so, by {@code OPERATION_UNSUPPORTED}.
     *
     * @param reason why
     * @return another environment
     */
    public Environment withoutTimesPerCpu(String reason) {
        Environment changed = new Environment(this);
        changed.withoutPerCpu = Objects.requireNonNull(reason, "reason");
        return changed;
    }

    /**
     * Sets how much CPU time the kit has used at a time, and how fine the driver's numbers are.
     *
     * @param newLoad how much is used; 300 ms if this is not called
     * @param newGrain by how much a number may be off at any moment, on each CPU; 20 ms if this is not called
     * @return another environment
     * @throws IllegalArgumentException if the numbers are too coarse for the load to show
     */
    public Environment withLoad(Duration newLoad, Duration newGrain) {
        if (newGrain.multipliedBy(LEAST_GRAINS).compareTo(newLoad) > 0) {
            throw new IllegalArgumentException("a load of " + newLoad + " does not show in numbers that may be off by "
                    + newGrain + "; use " + newGrain.multipliedBy(LEAST_GRAINS) + " or more");
        }
        Environment changed = new Environment(this);
        changed.load = newLoad;
        changed.grain = newGrain;
        return changed;
    }

    /**
     * Sets how long a test may take before it is said that the driver does not come back.
     *
     * @param newLimit how long; two minutes if this is not called
     * @return another environment
     */
    public Environment withLimit(Duration newLimit) {
        Environment changed = new Environment(this);
        changed.limit = Objects.requireNonNull(newLimit, "newLimit");
        return changed;
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
        Environment changed = new Environment(this);
        changed.deviations.put(rule, Objects.requireNonNull(reason, "reason"));
        return changed;
    }

    /**
     * Declares that a rule cannot be tested here, since there is nothing to test it with. That is shown each time, and is a
     * failure once it is not true any more.
     *
     * @param rule the rule's number
     * @param reason why the environment does not give what it needs
     * @return another environment
     */
    public Environment withUntested(String rule, String reason) {
        Environment changed = new Environment(this);
        changed.untested.put(rule, Objects.requireNonNull(reason, "reason"));
        return changed;
    }

    Optional<String> domain() {
        return Optional.ofNullable(domain);
    }

    Optional<String> idleDomain() {
        return Optional.ofNullable(idleDomain);
    }

    Optional<String> inactiveDomain() {
        return Optional.ofNullable(inactiveDomain);
    }

    Optional<Opening> declined() {
        return Optional.ofNullable(declined);
    }

    Optional<Opening> failing() {
        return Optional.ofNullable(failing);
    }

    boolean mayWrite() {
        return mayWrite;
    }

    Optional<Intervention> ending() {
        return Optional.ofNullable(ending);
    }

    Optional<Intervention> restart() {
        return Optional.ofNullable(restart);
    }

    Optional<BitSet> hostCpus() {
        return Optional.ofNullable(hostCpus);
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

    Duration limit() {
        return limit;
    }

    Map<String, String> deviations() {
        return deviations;
    }

    Map<String, String> untested() {
        return untested;
    }
}
