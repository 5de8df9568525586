package dev.vireo.tck;

import com.sun.management.ThreadMXBean;
import dev.vireo.Connection;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
public abstract class DriverContract extends ThreadRules {
    private static final int ROUNDS = 10;
    private static final int CALLS = 2_000;
    private static final int OPENINGS = 20;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

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
        int threads = threads();
        int descriptors = descriptors();
        for (int i = 0; i < OPENINGS; i++) {
            openAndUse();
            openInVain();
        }
        awaitAtMost(threads, "threads", most -> threads() <= most);
        awaitAtMost(descriptors, "descriptors", most -> descriptors() <= most);
    }

    private void openAndUse() {
        try (Connection other = freshOpening().open(OpenOptions.defaults())) {
            domainOf(other);
            if (other.supports(Operation.DOMAIN_GET_CPU_STATS)) {
                domainOf(other).getCpuStats(TypedParameters.allocate(1), 1, -1, 1, 0);
            }
        }
    }

    /** What an opening takes before it fails it gives back as well. */
    private void openInVain() {
        try {
            freshOpening().open(wrongUri()).close();
        } catch (HypervisorException refused) {
            // as rule 1.2 has it; where that is not kept the connection has been closed
        }
    }

    /** Threads and descriptors may take a moment to go. */
    private static void awaitAtMost(int most, String what, IntPredicate isMet) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!isMet.test(most)) {
            Checks.require(
                    System.nanoTime() < deadline,
                    "after " + OPENINGS + " connections more than the " + most + " " + what + " of before are there");
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static int threads() {
        return Thread.getAllStackTraces().size();
    }

    private static int descriptors() {
        if (Files.notExists(DESCRIPTORS)) {
            return 0; // not Linux
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return Math.toIntExact(open.count());
        } catch (IOException unreadable) {
            throw new AssertionError("cannot count descriptors", unreadable);
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
