package dev.vireo.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vireo.Statistic;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SamplerTest {
    @Test
    void aSampleHasEachRunningDomainWithItsTimes() throws Exception {
        try (Scene scene = Scene.of("a", "b")) {
            Snapshot first = scene.sample();
            Snapshot second = scene.sampleAfter(Duration.ofSeconds(1));
            assertEquals(2, second.size());
            DomainSample before = Scene.in(first, "b");
            DomainSample after = Scene.in(second, "b");
            assertEquals(
                    2_000_000_000L,
                    after.totalNanos().value() - before.totalNanos().value());
            assertEquals(2, after.count(Statistic.HOST_CPU_TIME));
            assertEquals(2, after.count(Statistic.VCPU_TIME));
            assertFalse(after.isStale());
        }
    }
}
