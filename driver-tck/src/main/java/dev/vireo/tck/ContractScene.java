package dev.vireo.tck;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.Operation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opentest4j.TestAbortedException;

/** What each test of the contract begins with: a connection, and a domain that runs. */
@ExtendWith(RuleInterceptor.class)
abstract class ContractScene {
    private @Nullable Opening opening;
    private @Nullable Connection connection;
    private @Nullable Domain domain;

    /** For the groups of rules. */
    ContractScene() {}

    /**
     * Tells how connections are opened. Called once before each test, and before the {@code @BeforeEach} methods of the class that
     * implements it: what it needs is started here or in a {@code @BeforeAll}. At least one domain must be running then.
     *
     * @return how
     * @throws Exception if that cannot be
     */
    protected abstract Opening opening() throws Exception;

    /**
     * Has a domain use some CPU time: keeps it busy for so long, moves the clock that was injected into the driver, or puts a
     * later one in the place of a recorded tree. Where none of this is possible a driver cannot be tested.
     *
     * <p>On a host that is busy otherwise a guest may get less than asked for: keep it busy until it has used so much, if
     * something other than the driver tells that, and not merely for so long.
     *
     * @param domain the domain
     * @param time about how much CPU time it is to use
     * @return how much it has used of at least one CPU, by the clock that the driver's numbers go by: what another source
     *     says, else the time for which it was busy
     * @throws Exception if that cannot be done
     */
    protected abstract Duration use(Domain domain, Duration time) throws Exception;

    /**
     * Tells what is special where the driver is tested.
     *
     * @return the environment; the standard one if this is not overridden
     */
    protected Environment environment() {
        return Environment.standard();
    }

    /**
     * Opens the connection. For JUnit.
     *
     * @throws Exception if there is no running domain
     */
    @BeforeEach
    final void openConnection() throws Exception {
        opening = of("opening()", this::opening);
        OpeningRules.requireUsable(opening.description());
        RuleInterceptor.requireRules(getClass(), environment());
        connection = environment().mayWrite() ? opening.openToWrite() : opening.open();
        domain = firstDomain(connection);
    }

    /** Closes the connection. For JUnit. */
    @AfterEach
    final void closeConnection() {
        if (connection != null) {
            connection.close();
        }
    }

    final Connection connection() {
        if (connection == null) {
            throw new AssertionError("no connection is open");
        }
        return connection;
    }

    final Domain domain() {
        if (domain == null) {
            throw new AssertionError("no domain runs");
        }
        return domain;
    }

    /** Returns how another connection to the same hypervisor is opened. */
    final Opening freshOpening() {
        if (opening == null) {
            throw new AssertionError("no connection is open");
        }
        return opening;
    }

    /** Returns the domain that is looked at, as another connection sees it. */
    final Domain domainOf(Connection other) {
        return other.getDomainByUuid(domain().uuid());
    }

    private Domain firstDomain(Connection other) {
        if (environment().domain().isPresent()) {
            return other.getDomainByName(environment().domain().get());
        }
        List<Domain> domains = other.listDomains();
        Checks.require(!domains.isEmpty(), "no domain runs on " + other.uri() + "; the tests need one");
        return domains.get(0);
    }

    /** What the class that tests a driver does itself: if it fails, that says nothing of the driver. */
    private static <T> T of(String what, Callable<T> action) throws Exception {
        try {
            return action.call();
        } catch (TestAbortedException assumption) {
            throw assumption;
        } catch (AssertionError | Exception failed) {
            throw new SceneFailure(what, failed);
        }
    }

    /** Does something to a domain by the means that the environment gives. */
    static void intervene(String what, Environment.Intervention intervention, Domain domain) throws Exception {
        of(what, () -> {
            intervention.on(domain);
            return domain;
        });
    }

    /** What ends a test to which the environment does not give what it needs. */
    static TestAbortedException untested(String need) {
        return new TestAbortedException(need);
    }

    /** Ends the domain by whatever means there are. */
    final void endDomain() throws Exception {
        if (environment().ending().isPresent()) {
            intervene("withEnding(…)", environment().ending().get(), domain());
        } else {
            Checks.require(
                    environment().mayWrite() && connection().supports(Operation.DOMAIN_DESTROY),
                    "the tests cannot end a domain: let them, by Environment.thatMayBeChanged() where the driver has"
                            + " DOMAIN_DESTROY, else by Environment.withEnding(…)");
            domain().destroy();
        }
    }

    /** Has the domain use CPU time, and returns how many nanoseconds passed. */
    final long useSome() throws Exception {
        long used = of("use()", () -> use(domain(), environment().load())).toNanos();
        long wanted = environment().load().toNanos();
        if (used < wanted / 2) {
            throw new SceneFailure("use() was asked for " + wanted + " ns and says that it used " + used
                    + ": too little to tell anything by");
        }
        return used;
    }

    final long grainNanos() {
        return environment().grain().toNanos();
    }
}
