package dev.vireo.exporter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.driver.test.ManualClock;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadinessTest {
    @Test
    void whatADriverSaysInSeveralLinesIsToldInOne() throws InterruptedException {
        HypervisorException failure = HypervisorException.of(ErrorCode.RPC, "test", "gone\r\nfor\tgood\u2028now\n");
        SnapshotSource source = new SnapshotSource() {
            @Override
            public Snapshot next() {
                throw failure;
            }

            @Override
            public void close() {}
        };
        try (SnapshotFeed feed = FeedOnManualClock.start(source, new ManualClock())) {
            long start = System.nanoTime();
            while (feed.failure() == null && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(30)) {
                Thread.sleep(1);
            }
            assertEquals(
                    "the hypervisor cannot be read: gone for good now",
                    new Readiness(feed).whyNot(Duration.ofSeconds(5)));
        }
    }
}
