package dev.vireo.cli.top;

import dev.vireo.monitor.Pace;
import dev.vireo.monitor.SnapshotSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jline.terminal.Size;
import org.jline.utils.AttributedString;

/** {@code vireo top} at a terminal: takes what happens in its order, and draws when nothing more has. */
public final class Top {
    private static final long LAST_SAMPLE_MILLIS = 200;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final TopTerminal terminal;
    private final Feed feed;
    private final Interest interest;
    private final TopState state;
    private final TopScreen screen;
    private final Keys keys;
    private final int count;
    private int ticks;
    // an interrupt is noticed by who waits alone, and not every source or pace waits
    private volatile boolean isOver;

    Top(TopTerminal terminal, Feed feed, Interest interest, TopSettings settings, int count, Styles styles) {
        this.terminal = terminal;
        this.feed = feed;
        this.interest = interest;
        this.count = count;
        state = new TopState(settings);
        screen = new TopScreen(state, styles);
        keys = new Keys(state, screen);
    }

    /**
     * Shows the snapshots of a source until the user has seen enough.
     *
     * @param source where they come from; this does not close it
     * @param interest is told whose times per host CPU are on the screen
     * @param settings what is shown at first
     * @param period the time between two snapshots
     * @param count after how many rates to end
     * @param coloured whether there are colours
     * @return false if there is no terminal that this could be shown on
     * @throws InterruptedException if the thread is interrupted; the terminal is as it was
     */
    public static boolean run(
            SnapshotSource source,
            Interest interest,
            TopSettings settings,
            Duration period,
            int count,
            boolean coloured)
            throws InterruptedException {
        try (TopTerminal terminal = TopTerminal.open()) {
            if (terminal == null) {
                return false;
            }
            Feed feed = new Feed(source, Pace.of(period));
            Styles styles = coloured ? Styles.COLOURED : Styles.PLAIN;
            new Top(terminal, feed, interest, settings, count, styles).run();
            return true;
        }
    }

    void run() throws InterruptedException {
        Thread sampling = new Thread(this::sample, "vireo-top-feed");
        sampling.setDaemon(true);
        try {
            terminal.start(events::add);
            sampling.start();
            do {
                draw();
            } while (takeAll());
        } finally {
            // a source is for one thread at a time; one that hangs is left to itself
            isOver = true;
            sampling.interrupt();
            sampling.join(LAST_SAMPLE_MILLIS);
        }
    }

    private void sample() {
        try {
            Event event;
            do {
                event = feed.next();
                events.add(event);
            } while (!isOver && !(event instanceof Event.Ended));
        } catch (InterruptedException end) {
            // it was asked to
        } catch (RuntimeException | Error defect) {
            events.add(new Event.Broken(defect));
        }
    }

    private void draw() {
        Size size = terminal.size();
        List<AttributedString> lines = screen.lines(size.getColumns(), size.getRows());
        terminal.draw(lines, size);
        interest.of(screen.watched());
    }

    /** Waits for something to happen, and takes what else has happened by then. Returns false at the end. */
    private boolean takeAll() throws InterruptedException {
        Event event = events.take();
        boolean goesOn = true;
        while (event != null && goesOn) {
            goesOn = take(event);
            event = events.poll();
        }
        return goesOn;
    }

    private boolean take(Event event) {
        if (event instanceof Event.Sampled sampled) {
            state.show(sampled.rates());
            ticks += sampled.isMeasured() ? 1 : 0;
            return ticks < count;
        } else if (event instanceof Event.Pressed pressed) {
            return keys.press(pressed.key(), pressed.text());
        } else if (event instanceof Event.Failed failed) {
            state.fail(failed.text());
        } else if (event instanceof Event.Ended) {
            state.fail("there are no more snapshots");
        } else if (event instanceof Event.Redraw) {
            terminal.redraw();
        } else if (event instanceof Event.Broken broken) {
            throw rethrown(broken.defect());
        }
        return !(event instanceof Event.Quit);
    }

    private static RuntimeException rethrown(Throwable defect) {
        if (defect instanceof Error error) {
            throw error;
        }
        return (RuntimeException) defect;
    }
}
