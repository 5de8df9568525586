package dev.vireo.tck;

import com.sun.management.ThreadMXBean;
import dev.vireo.Connection;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.TypedParameters;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The contract that every hypervisor driver keeps to. A driver is put to it by one class:
 *
 * <pre>{@code
 * class MyDriverTest extends DriverContract {
 *     @Override
 *     protected Opening opening() {
 *         return Opening.of(new MyDriver(), "my:///default");
 *     }
 *
 *     @Override
 *     protected Duration use(Domain domain, Duration time) {
 *         clock.advance(time);
 *         return time;
 *     }
 * }
 * }</pre>
 *
 * <p>What is expected follows from the driver's own table: an operation that it has must keep its rules, and one that it lacks
 * must answer {@code NO_SUPPORT}. Each test is for one numbered rule, which {@code docs/driver-contract.md} lists, and says
 * what to look at when the rule is broken. {@link #environment()} tells what is special where the driver is tested, and where
 * it is known to deviate.
 */
@Isolated("it counts what the whole process has open")
public abstract class DriverContract extends ThreadRules {
    private static final int ROUNDS = 10;
    private static final int CALLS = 2_000;
    private static final int OPENINGS = 20;
    private static final int READINGS = 50;

    /** For drivers' tests. */
    protected DriverContract() {}

    @Test
    @Rule(
            value = "10.1",
            look =
                    "what open() takes and close(), or an open() that fails, does not give back: descriptors, native handles, threads")
    public final void aClosedConnectionLeavesNothingOpen() throws Exception {
        openAndUse(); // what a driver keeps for the whole process it takes now
        openInVain();
        Belongings before = Belongings.now();
        for (int i = 0; i < OPENINGS; i++) {
            openAndUse();
            openInVain();
        }
        before.requireFewerMore(1, OPENINGS + " connections");
    }

    private void openAndUse() {
        try (Connection other = freshOpening().open()) {
            domainOf(other);
            if (other.supports(Operation.DOMAIN_GET_CPU_STATS)) {
                domainOf(other).getCpuStats(TypedParameters.allocate(1), 1, -1, 1, 0);
            }
        }
    }

    /** What an opening takes before it fails it gives back as well. */
    private void openInVain() {
        openInVain(freshOpening().at(wrongUri()));
        environment().failing().ifPresent(DriverContract::openInVain);
        environment().declined().ifPresent(DriverContract::openInVain);
    }

    private static void openInVain(Opening opening) {
        try {
            opening.open().close();
        } catch (HypervisorException refused) {
            // as other rules have it; where they are not kept the connection has been closed
        }
    }

    @Test
    @Rule(
            value = "10.3",
            look = "what a reading takes and does not give back while the connection stays open: descriptors, threads")
    public final void readingsLeaveNothingOpen() throws Exception {
        readEverything(); // what is kept for a domain that is looked at again is taken now
        Belongings before = Belongings.now();
        for (int i = 0; i < READINGS; i++) {
            readEverything();
        }
        // a thread or a file that is kept for all of them is none that each leaves
        before.requireFewerMore(READINGS / 2, READINGS + " readings of everything");
    }

    private void readEverything() {
        OperationCalls.readAll(connection(), domain());
        if (connection().supports(Operation.DOMAIN_GET_CPU_STATS)
                && environment().withoutPerCpu().isEmpty()) {
            CpuTable.read(domain());
        }
    }

    @Test
    @Rule(
            value = "10.2",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look =
                    "what a reading of the totals allocates: boxes, strings, lambdas that capture, a new origin each time")
    public final void readingTheTotalsAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        TypedParameters params = TypedParameters.allocate(3);
        long least = Long.MAX_VALUE;
        // the first rounds also count what the virtual machine itself does on this thread
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int call = 0; call < CALLS; call++) {
                domain().getCpuStats(params, 3, -1, 1, 0);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        Checks.same(0L, least, "what " + CALLS + " readings allocate, in bytes,");
    }
}
