package dev.vireo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Slot;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two callers race with a close, again and again. */
class ClosingStressTest {
    private static final int ROUNDS = 60_000;
    private static final int ANSWER = 3;

    private final ExecutorService callers = Executors.newFixedThreadPool(2);
    private final CyclicBarrier barrier = new CyclicBarrier(3);
    private final AtomicInteger inDriver = new AtomicInteger();
    private final AtomicInteger inDriverWhenClosed = new AtomicInteger();
    private final AtomicInteger results = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile Domain domain;

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    @Test
    void eachCallEndsWithItsResultOrInvalidConnAndTheSessionIsClosedOnceWithNobodyInside() throws Exception {
        Future<?> first = callers.submit(this::call);
        Future<?> second = callers.submit(this::call);
        for (int round = 0; round < ROUNDS; round++) {
            FakeDriver driver = driver();
            Connection connection = driver.connect();
            domain = connection.getDomainByName("one");
            barrier.await(60, TimeUnit.SECONDS);
            inDriverWhenClosed.addAndGet(closeAndCount(connection, driver));
            barrier.await(60, TimeUnit.SECONDS); // both calls have ended
            assertEquals(1, driver.closed.get());
        }
        first.get(60, TimeUnit.SECONDS);
        second.get(60, TimeUnit.SECONDS);
        assertEquals(2 * ROUNDS, results.get() + refusals.get());
        assertTrue(results.get() > 0 && refusals.get() > 0, () -> results + " results, " + refusals + " refusals");
        assertEquals(0, inDriverWhenClosed.get());
    }

    /** Once the session is closed, nobody may be in the driver: not then, and not later. */
    private int closeAndCount(Connection connection, FakeDriver driver) {
        connection.close();
        return driver.closed.get() > 0 ? inDriver.get() : 0;
    }

    private FakeDriver driver() {
        return FakeDriver.with(DriverTable.builder()
                .with(Slot.DOMAIN_GET_CPU_STATS, (ref, params, nparams, startCpu, ncpus, flags) -> {
                    inDriver.incrementAndGet();
                    Thread.onSpinWait();
                    inDriver.decrementAndGet();
                    return ANSWER;
                }));
    }

    private Void call() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            barrier.await(60, TimeUnit.SECONDS);
            try {
                assertEquals(ANSWER, domain.getCpuStats(null, 0, -1, 1, 0));
                results.incrementAndGet();
            } catch (HypervisorException refused) {
                assertEquals(ErrorCode.INVALID_CONN, refused.code());
                refusals.incrementAndGet();
            }
            barrier.await(60, TimeUnit.SECONDS);
        }
        return null;
    }
}
