package dev.vireo.exporter.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.DomainState;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.exporter.Readiness;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clock goes on while something is waited for: what hangs is given up after the deadline by it. */
@Timeout(60)
class HungDomainsTest {
    private static final Duration USUAL_AGE = Duration.ofSeconds(6);

    private final Served served = Served.of(HypervisorConfiguration.builder()
            .cpus(4)
            .domain(DomainConfiguration.named("web").withState(DomainState.SHUTOFF))
            .domain(DomainConfiguration.named("database").withState(DomainState.SHUTOFF))
            .build());
    private final Readiness readiness = new Readiness(served.feed);

    @AfterEach
    void close() {
        served.close();
    }

    /** Has domains hang, and a sample taken after that. */
    private void hang(String... names) throws InterruptedException {
        for (String name : names) {
            served.hypervisor.faults().hang(served.hypervisor.domain(name));
        }
        served.clock.advance(Duration.ofSeconds(20));
        passTimeUntil(() -> stale() == names.length);
    }

    private long stale() {
        return latest().domains().stream().filter(DomainSample::isStale).count();
    }

    private Snapshot latest() {
        Snapshot latest = served.feed.latest();
        assertNotNull(latest);
        return latest;
    }

    private void passTimeUntil(BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(30), "what was waited for does not come");
            served.clock.advance(Duration.ofMillis(2));
            Thread.sleep(1);
        }
    }

    private List<String> scrape() throws InterruptedException {
        CompletableFuture<List<String>> scrape = CompletableFuture.supplyAsync(served::now);
        passTimeUntil(scrape::isDone);
        return scrape.join();
    }

    private static double value(String metric, List<String> scrape) {
        List<String> series = Served.of(metric, scrape);
        assertEquals(1, series.size(), scrape::toString);
        return Double.parseDouble(series.get(0).substring(series.get(0).lastIndexOf(' ') + 1));
    }

    private static double oldest(List<String> scrape) {
        return Served.of("vm_sample_age_seconds", scrape).stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .max()
                .orElseThrow();
    }

    @Test
    void oneThatHangsIsOldAndTheHypervisorIsUp() throws InterruptedException {
        hang("web");
        List<String> scrape = scrape();
        assertEquals(1, value("vireo_up", scrape));
        assertTrue(oldest(scrape) >= 20, scrape::toString);
        assertTrue(value("vireo_sample_age_seconds", scrape) < 20, scrape::toString);
        assertNull(readiness.whyNot(USUAL_AGE));
    }

    @Test
    void aHypervisorOfWhichAllHangIsNotUpAndItsSampleIsAsOldAsTheYoungestReading() throws InterruptedException {
        hang("web", "database");
        List<String> scrape = scrape();
        assertEquals(0, value("vireo_up", scrape));
        assertTrue(value("vireo_sample_age_seconds", scrape) >= 20, scrape::toString);
        String problem = readiness.whyNot(USUAL_AGE);
        assertTrue(problem != null && problem.startsWith("no domain answers, the last one did "), problem);
    }

    @Test
    void oneThatAnswersAgainMakesItReady() throws InterruptedException {
        hang("web", "database");
        served.hypervisor.faults().clear();
        passTimeUntil(() -> stale() == 0);
        assertEquals(1, value("vireo_up", scrape()));
        assertNull(readiness.whyNot(USUAL_AGE));
    }

    @Test
    void aHypervisorWithoutDomainsIsUp() throws InterruptedException {
        served.hypervisor.domain("web").end();
        served.hypervisor.domain("database").end();
        served.clock.advance(Duration.ofSeconds(20));
        List<String> scrape = scrape();
        assertEquals(1, value("vireo_up", scrape));
        assertEquals(0, value("vireo_domains", scrape));
        assertNull(readiness.whyNot(USUAL_AGE));
    }
}
