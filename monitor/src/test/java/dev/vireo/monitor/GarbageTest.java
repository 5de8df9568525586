package dev.vireo.monitor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.HypervisorConfiguration;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A sample allocates its snapshot, and next to nothing beside it. */
class GarbageTest {
    private static final int DOMAINS = 1_000;
    private static final int SAMPLES = 20;
    // 200 for the snapshot, 100 beside it
    private static final int MOST_BYTES_A_DOMAIN = 300;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aSampleOfAThousandDomainsAllocatesItsSnapshotAndLittleBeside() throws Exception {
        HypervisorConfiguration.Builder host = HypervisorConfiguration.builder().cpus(2);
        IntStream.range(0, DOMAINS).forEach(i -> host.domain(DomainConfiguration.named("d" + i)));
        try (Scene scene = new Scene(host.build(), sampler -> sampler)) {
            for (int i = 0; i < SAMPLES; i++) {
                scene.sampleAfter(Duration.ofSeconds(1));
            }
            long before = allocated();
            for (int i = 0; i < SAMPLES; i++) {
                scene.sampleAfter(Duration.ofSeconds(1));
            }
            long bytes = (allocated() - before) / SAMPLES / DOMAINS;
            assertTrue(bytes <= MOST_BYTES_A_DOMAIN, bytes + " bytes a domain");
        }
    }

    private static long allocated() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
