package dev.vireo;

import static dev.vireo.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Slot;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Closing in the middle of a call, shown with a driver that blocks on a latch inside of it. */
class ClosingTest {
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final ExecutorService caller = Executors.newSingleThreadExecutor();
    private final FakeDriver driver = FakeDriver.with(
            DriverTable.builder().with(Slot.DOMAIN_GET_CPU_STATS, (ref, params, nparams, startCpu, ncpus, flags) -> {
                inside.countDown();
                await(release);
                return 3;
            }));
    private final Connection connection = driver.connect();
    private final Domain domain = connection.getDomainByName("one");

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @AfterEach
    void stop() {
        release.countDown();
        caller.shutdownNow();
    }

    @Test
    void aCallUnderWayEndsWithItsResultAndThenTheSessionIsClosed() throws Exception {
        Future<Integer> result = caller.submit(() -> domain.getCpuStats(null, 0, -1, 1, 0));
        await(inside);
        connection.close();
        assertEquals(0, driver.closed.get(), "the driver still works");
        assertFails(ErrorCode.INVALID_CONN, () -> domain.getCpuStats(null, 0, -1, 1, 0));
        assertFalse(connection.isAlive());
        release.countDown();
        assertEquals(3, result.get(60, TimeUnit.SECONDS));
        caller.submit(() -> {}).get(60, TimeUnit.SECONDS); // the caller has left the call
        assertEquals(1, driver.closed.get());
    }

    @Test
    void closingTwiceClosesTheSessionOnce() {
        connection.close();
        connection.close();
        assertEquals(1, driver.closed.get());
    }

    @Test
    void aDriverThatFailsToCloseIsReportedAndNotThrown() {
        FakeDriver broken = FakeDriver.with(DriverTable.builder());
        java.util.List<HypervisorException> heard = new java.util.ArrayList<>();
        broken.opening(() -> dev.vireo.spi.OpenResult.opened(new FailingClose(broken.session())));
        broken.connect(OpenOptions.defaults().errorListener(heard::add)).close();
        assertEquals(ErrorCode.INTERNAL_ERROR, heard.get(0).code());
    }

    /** A session that cannot be closed. */
    private record FailingClose(dev.vireo.spi.DriverSession session) implements dev.vireo.spi.DriverSession {
        @Override
        public DriverTable table() {
            return session.table();
        }

        @Override
        public java.util.List<? extends DomainRef> listDomains() {
            return session.listDomains();
        }

        @Override
        public java.util.List<? extends DomainRef> findByName(String name) {
            return session.findByName(name);
        }

        @Override
        public DomainRef findById(int id) {
            return session.findById(id);
        }

        @Override
        public DomainRef findByUuid(java.util.UUID uuid) {
            return session.findByUuid(uuid);
        }

        @Override
        public boolean isAlive() {
            return session.isAlive();
        }

        @Override
        public void close() {
            throw new IllegalStateException("stuck");
        }
    }
}
