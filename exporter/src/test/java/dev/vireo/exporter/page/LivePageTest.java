package dev.vireo.exporter.page;

import static dev.vireo.exporter.page.Story.DB;
import static dev.vireo.exporter.page.Story.URI;
import static dev.vireo.exporter.page.Story.WEB;
import static dev.vireo.exporter.page.Story.at;
import static dev.vireo.exporter.page.Story.domain;
import static dev.vireo.exporter.page.Story.nanos;
import static dev.vireo.exporter.page.Story.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Statistic;
import dev.vireo.monitor.Snapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LivePageTest {
    private final AtomicLong clock = new AtomicLong();
    private final LivePage page = new LivePage(URI, clock::get);

    private static String text(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }

    private String frame() {
        return text(page.frame());
    }

    private void assertFrameHas(String part) {
        assertTrue(frame().contains(part), () -> part + " in " + frame());
    }

    @Test
    void beforeTheFirstSampleTheFrameHasNoDomainsAndNoTime() {
        assertEquals(
                "{\"seq\":0,\"uri\":\"test:///default\",\"error\":null,\"time\":null,\"interval\":null,\"driver\":null,"
                        + "\"hostCpus\":[],\"hostCpuCount\":null,\"age\":null,\"domains\":[]}",
                frame());
    }

    @Test
    void theFirstSampleHasNoRatesAndSaysSo() {
        page.sampled(web(0, 5));
        assertFrameHas("\"interval\":null");
        assertFrameHas(
                "\"vcpuCount\":1,\"cpu\":null,\"user\":null,\"system\":null,\"delay\":null,\"perCpu\":null,\"vcpus\":null");
        assertFrameHas("\"cpu\":\"this is the first sample: a rate needs two\"");
    }

    @Test
    void theSecondSampleHasTheRatesInCpus() {
        page.sampled(web(0, 5));
        clock.set(nanos(4));
        page.sampled(web(4, 7));
        assertEquals(
                "{\"seq\":2,\"uri\":\"test:///default\",\"error\":null,\"age\":0,\"time\":\"2026-01-01T00:00:04Z\",\"interval\":4,"
                        + "\"driver\":\"test\",\"hostCpus\":[0,1],\"hostCpuCount\":2,\"domains\":["
                        + "{\"uuid\":\"00000000-0000-0000-0000-000000000001\",\"id\":1,\"name\":\"web\",\"state\":\"running\","
                        + "\"vcpuCount\":1,\"cpu\":0.5,\"user\":0.45,\"system\":0.05,\"delay\":0.125,\"perCpu\":[0.375,0.125],"
                        + "\"vcpus\":[{\"vcpu\":0,\"run\":0.4,\"delay\":0.125}],\"stale\":null,\"age\":0,\"why\":{}}]}",
                frame());
    }

    @Test
    void aDomainWithoutTimesOfSomeCpusHasNullInTheirPlaces() {
        for (int second = 0; second < 2; second++) {
            long used = nanos(second * 0.5);
            int now = second;
            page.sampled(at(second, builder -> {
                domain(WEB, now, now).accept(builder);
                builder.domain(DB, DomainState.RUNNING, nanos(now))
                        .value(Statistic.HOST_CPU_TIME, 1, used)
                        .unavailable(Statistic.CPU_TIME, 0, "no permission");
            }));
        }
        assertFrameHas("\"perCpu\":[null,0.5]");
        assertFrameHas("\"why\":{\"vcpuCount\":");
        assertFrameHas("\"cpu\":\"no permission\"");
    }

    @Test
    void aDomainThatCouldNotBeReadIsStaleAndHasNoRates() {
        page.sampled(web(0, 5));
        page.sampled(at(2, builder -> {
            domain(WEB, 0.5, 5).accept(builder);
            builder.stale("its monitor does not answer");
        }));
        assertFrameHas("\"cpu\":null");
        assertFrameHas("\"stale\":\"its monitor does not answer\",\"age\":1.5");
        assertFrameHas("\"cpu\":\"the domain is stale: its monitor does not answer\"");
    }

    @Test
    void aFailureKeepsTheNumbersAndTellsTheirAge() {
        page.sampled(web(0, 5));
        page.sampled(web(1, 5.5));
        clock.set(nanos(8.5));
        page.failed(HypervisorException.of(ErrorCode.RPC, "test", "the connection \"broke\"", null));
        assertFrameHas("\"seq\":3,\"uri\":\"test:///default\",\"error\":\"the connection \\\"broke\\\"\",\"age\":7.5");
        assertFrameHas("\"cpu\":0.5");
        page.sampled(web(9, 9.5));
        assertFrameHas("\"error\":null");
    }

    @Test
    void eachDocumentIsEncodedOnceForASample() {
        page.sampled(web(0, 5));
        byte[] frame = page.frame();
        byte[] history = page.history();
        byte[] snapshot = page.snapshot();
        assertSame(frame, page.frame());
        assertSame(history, page.history());
        assertSame(snapshot, page.snapshot());
        page.sampled(web(1, 5.5));
        assertNotSame(frame, page.frame());
        assertNotSame(history, page.history());
        assertNotSame(snapshot, page.snapshot());
    }

    @Test
    void aSampleThatItBeganWithIsNotTakenTwice() {
        Snapshot first = web(0, 5);
        page.begin(first);
        page.sampled(first);
        assertFrameHas("\"seq\":1,");
        page.sampled(web(4, 7));
        assertFrameHas("\"cpu\":0.5");
        page.begin(first);
        assertFrameHas("\"seq\":2,");
    }

    @Test
    void whatFailedBeforeItBeganIsStillTold() {
        page.failed(HypervisorException.of(ErrorCode.RPC, "test", "broken", null));
        page.begin(web(0, 5));
        assertFrameHas("\"error\":\"broken\"");
        assertFrameHas("\"time\":\"2026-01-01T00:00:00Z\"");
    }

    @Test
    void anAgeIsToldAnewAfterASecond() {
        page.sampled(web(0, 5));
        byte[] early = page.snapshot();
        byte[] history = page.history();
        clock.set(nanos(0.9));
        assertSame(early, page.snapshot());
        clock.set(nanos(8.5));
        assertTrue(text(page.snapshot()).contains("\"age\":8.5,\"hostCpuCount\""), text(page.snapshot()));
        assertFrameHas("\"error\":null,\"age\":8.5");
        assertSame(history, page.history());
    }

    /** The clock is read by who encodes, and here it stands still for as long as the test wants. */
    @Test
    @Timeout(60)
    void whoBringsASampleWaitsForNoEncoding() {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Long> end = new CompletableFuture<>();
        LivePage slow = new LivePage(URI, () -> {
            begun.complete(null);
            return end.join();
        });
        List<CompletableFuture<byte[]>> encoded = List.of(
                CompletableFuture.supplyAsync(slow::frame, LivePageTest::onItsOwn),
                CompletableFuture.supplyAsync(slow::snapshot, LivePageTest::onItsOwn),
                CompletableFuture.supplyAsync(slow::history, LivePageTest::onItsOwn));
        try {
            begun.join();
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> slow.sampled(web(0, 5)));
            assertTrue(encoded.stream().noneMatch(CompletableFuture::isDone));
        } finally {
            end.complete(0L);
        }
        encoded.forEach(CompletableFuture::join);
        assertTrue(text(slow.frame()).contains("\"seq\":1"));
    }

    private static void onItsOwn(Runnable task) {
        Thread thread = new Thread(task, "encodes");
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void theSnapshotHasCountersSourcesAndRates() {
        page.sampled(web(0, 5));
        page.sampled(web(4, 7));
        String snapshot = text(page.snapshot());
        assertTrue(
                snapshot.contains(
                        "\"cpu\":{\"nanos\":7000000000,\"rate\":0.5},\"user\":{\"nanos\":6300000000,\"rate\":0.45}"),
                snapshot);
        assertTrue(snapshot.contains("\"sources\":{\"cpu_total\":{\"source\":\"test\"}"), snapshot);
        assertTrue(
                snapshot.contains("\"hostCpus\":[{\"cpu\":0,\"time\":{\"nanos\":5250000000,\"rate\":0.375}},"
                        + "{\"cpu\":1,\"time\":{\"nanos\":1750000000,\"rate\":0.125}}]"),
                snapshot);
        assertTrue(snapshot.contains("\"delay\":{\"nanos\":1750000000,\"rate\":0.125}"), snapshot);
    }

    @Test
    void whatTheSnapshotLacksHasItsReason() {
        page.sampled(at(
                0,
                builder -> builder.domain(WEB, DomainState.PAUSED, 0)
                        .value(Statistic.CPU_TIME, 0, 1)
                        .unavailable(Statistic.HOST_CPU_TIME, 0, "shares its group")));
        String snapshot = text(page.snapshot());
        assertTrue(snapshot.contains("\"state\":\"paused\""), snapshot);
        assertTrue(snapshot.contains("\"cpu\":{\"nanos\":1,\"noRate\":\"this is the first sample"), snapshot);
        assertTrue(snapshot.contains("\"hostCpus\":{\"unavailable\":\"shares its group\"}"), snapshot);
    }
}
