package dev.vireo.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ErrorCode;
import dev.vireo.Operation;
import dev.vireo.StatsGroup;
import dev.vireo.driver.test.Hang;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the bulk read is used, and when it is put off. */
class BulkReadsTest {
    private final Scene scene = Scene.of("a", "b");
    private final PatientWaiting waiting = new PatientWaiting(scene.clock);
    private final SamplerSettings settings = new SamplerSettings(
            scene.connection,
            scene.clock,
            () -> Scene.WALL_ZERO,
            waiting,
            TimeUnit.SECONDS.toNanos(1),
            TimeUnit.SECONDS.toNanos(10),
            EnumSet.allOf(StatsGroup.class),
            run -> true,
            true);
    private final Workers workers = new Workers("test");
    private final Runs runs = new Runs(settings.wallClock());
    private final DomainList list = new DomainList(settings, runs);
    private final BulkReads bulkReads = new BulkReads(settings, workers, runs, list, new HostCpus(settings));
    private long number;

    @AfterEach
    void close() {
        scene.hypervisor.faults().clear();
        workers.close();
        list.close();
        scene.close();
    }

    private boolean read() throws InterruptedException {
        return bulkReads.read(
                new Gathering(new SnapshotBuilder(), ++number, 0), scene.clock.getAsLong() + settings.deadlineNanos());
    }

    /** A read that comes back after its time is up. */
    private void readLate() throws InterruptedException {
        Hang hang = scene.hypervisor.faults().hang(scene.domain("b"));
        waiting.hungCalls(hang::waiting);
        assertFalse(read());
        assertFalse(bulkReads.isUsable(), "while it hangs");
        hang.release();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (workers.busy() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(0, workers.busy(), "calls that have not come back");
    }

    private void assertPutOff() {
        scene.clock.advance(Duration.ofSeconds(29));
        assertFalse(bulkReads.isUsable(), "after 29 s");
        scene.clock.advance(Duration.ofSeconds(1));
        assertTrue(bulkReads.isUsable(), "after 30 s");
    }

    @Test
    void oneThatWasLateOnceIsMadeAgainAtOnce() throws Exception {
        readLate();
        assertTrue(bulkReads.isUsable());
        assertTrue(read());
    }

    @Test
    void oneThatWasLateTwiceInARowIsPutOff() throws Exception {
        readLate();
        readLate();
        assertPutOff();
    }

    @Test
    void oneThatWasInTimeMeanwhileIsNot() throws Exception {
        readLate();
        assertTrue(read());
        readLate();
        assertTrue(bulkReads.isUsable());
    }

    @Test
    void oneThatFailedIsPutOff() throws Exception {
        scene.hypervisor.faults().failOnce(Operation.CONNECT_GET_ALL_DOMAIN_STATS, ErrorCode.INTERNAL_ERROR);
        assertFalse(read());
        assertPutOff();
    }
}
