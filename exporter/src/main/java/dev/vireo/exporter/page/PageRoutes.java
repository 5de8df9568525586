package dev.vireo.exporter.page;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Subscription;
import dev.vireo.exporter.FeedListener;
import dev.vireo.exporter.SnapshotFeed;
import dev.vireo.exporter.http.EventBroadcast;
import dev.vireo.exporter.http.EventSink;
import dev.vireo.exporter.http.PageFiles;
import dev.vireo.exporter.http.ServerSentEvent;
import dev.vireo.exporter.http.WebServerBuilder;
import dev.vireo.monitor.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Joins a feed and the page: what a web server is to serve at {@code /}, {@code /api/v1/snapshot}, {@code /api/v1/history} and
 * {@code /api/v1/events}. While anybody follows the events the feed reads each second. Frames are
 * sent on a thread of its own. Thread-safe.
 */
public final class PageRoutes implements AutoCloseable {
    private final LivePage page;
    private final EventBroadcast broadcast;
    private final LastFrameSender sender;
    private final Subscription subscription;
    private @Nullable ServerSentEvent event;
    private byte @Nullable [] encoded;

    /**
     * Begins to listen to a feed.
     *
     * @param feed what the page shows
     * @param uri what the feed reads, as it may be shown: without secrets
     */
    public PageRoutes(SnapshotFeed feed, String uri) {
        page = new LivePage(uri);
        broadcast = new EventBroadcast(this::event, feed::watch, feed::unwatch);
        sender = new LastFrameSender(this::send, () -> feed.health().failed("listener", ErrorCode.INTERNAL_ERROR));
        sender.start();
        subscription = feed.listen(new FeedListener() {
            @Override
            public void sampled(Snapshot snapshot) {
                page.sampled(snapshot);
                sender.wake();
            }

            @Override
            public void failed(HypervisorException failure) {
                page.failed(failure);
                sender.wake();
            }
        });
        // after it listens: no snapshot comes between
        Snapshot latest = feed.latest();
        if (latest != null) {
            page.begin(latest);
        }
    }

    /**
     * Adds the page, its documents and its events to what a server serves.
     *
     * @param server what is being built
     * @return the same
     */
    public WebServerBuilder addTo(WebServerBuilder server) {
        return server.page(PageFiles.beside(LivePage.class))
                .json("/api/v1/snapshot", page::snapshot)
                .json("/api/v1/history", page::history)
                .events("/api/v1/events", this::follow);
    }

    /** Stops to listen to the feed. */
    @Override
    public void close() {
        subscription.close();
        sender.close();
    }

    /** Begins to send frames to somebody: the last one at once. */
    Subscription follow(EventSink sink) {
        return broadcast.subscribe(sink);
    }

    private void send() {
        if (broadcast.isFollowed()) {
            event(); // encoded before anybody has to wait for it
            broadcast.send();
        }
    }

    /** Wraps each frame once, whoever it is sent to. */
    private synchronized ServerSentEvent event() {
        byte[] frame = page.frame();
        ServerSentEvent last = event;
        if (last == null || frame != encoded) {
            last = ServerSentEvent.of("frame", frame);
            encoded = frame;
            event = last;
        }
        return last;
    }
}
