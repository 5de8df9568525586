package dev.vireo.exporter.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.vireo.Connection;
import dev.vireo.Drivers;
import dev.vireo.HypervisorException;
import dev.vireo.Subscription;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.driver.test.TestDriver;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.exporter.FeedListener;
import dev.vireo.exporter.SnapshotFeed;
import dev.vireo.exporter.http.ServerSentEvent;
import dev.vireo.monitor.Snapshot;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PageRoutesTest {
    private final TestHypervisor hypervisor = new TestHypervisor(HypervisorConfiguration.builder()
            .domain(DomainConfiguration.named("web"))
            .build());
    private final SnapshotFeed feed = SnapshotFeed.over(connect(), this::connect)
            .interval(Duration.ofMillis(20))
            .start();
    private final PageRoutes routes = new PageRoutes(feed, Story.URI);

    private Connection connect() {
        return Drivers.none().with(new TestDriver(hypervisor)).open("test:///default");
    }

    @AfterEach
    void end() {
        routes.close();
        feed.close();
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(30, TimeUnit.SECONDS);
        assertNotNull(next, "nothing comes");
        return next;
    }

    @Test
    void aViewerThatHoldsASendingUpDoesNotKeepTheFeedFromReading() throws Exception {
        BlockingQueue<ServerSentEvent> sent = new LinkedBlockingQueue<>();
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        AtomicInteger frames = new AtomicInteger();
        Subscription viewer = routes.follow(event -> {
            sent.add(event);
            if (frames.incrementAndGet() > 1) {
                goOn.join();
            }
        });
        try {
            next(sent);
            next(sent);
            BlockingQueue<Snapshot> read = new LinkedBlockingQueue<>();
            Subscription counts = feed.listen(samplesInto(read));
            for (int i = 0; i < 10; i++) {
                next(read);
            }
            counts.close();
            assertEquals(2, frames.get());
            goOn.complete(null);
            next(sent);
        } finally {
            goOn.complete(null);
            viewer.close();
        }
    }

    private static FeedListener samplesInto(BlockingQueue<Snapshot> read) {
        return new FeedListener() {
            @Override
            public void sampled(Snapshot snapshot) {
                read.add(snapshot);
            }

            @Override
            public void failed(HypervisorException failure) {
                throw failure;
            }
        };
    }
}
