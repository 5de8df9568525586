package dev.vireo.cli.top;

import dev.vireo.monitor.Rates;
import java.time.Duration;

/** What happens while it is watched. */
sealed interface Event {
    /** Another snapshot was made. */
    record Sampled(Rates rates) implements Event {
        /** Tells whether there was one before, so that there can be rates. */
        boolean isMeasured() {
            return rates.earlier() != rates.later();
        }
    }

    /** No snapshot could be made; it is tried again. */
    record Failed(String why, Duration nextTry) implements Event {
        /** Returns a line whose end may be cut off. */
        String text() {
            return "no snapshot, next try in " + HostLine.seconds(nextTry) + " s: " + why;
        }
    }

    /** There are no more snapshots. */
    record Ended() implements Event {}

    /** A defect, which ends it. */
    record Broken(Throwable defect) implements Event {}

    /** A key was pressed. */
    record Pressed(Key key, String text) implements Event {}

    /** The terminal has another size, or shows something else. */
    record Redraw() implements Event {}

    /** It is to end. */
    record Quit() implements Event {}
}
