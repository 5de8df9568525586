package dev.vireo.exporter.page;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A document that is encoded once for each moment, by whoever asks first; all who ask then share it. One that tells an age
 * is encoded again when it is asked for a second later. Has a lock of its own: whoever brings the next moment never waits
 * for an encoding. Thread-safe.
 */
final class SharedDocument {
    /** Encodes one moment. */
    interface Encoder {
        byte[] encode(Moment moment, long now, int expectedBytes);
    }

    /** For how long an age may be told, in nanoseconds. */
    static final long AGE_LASTS = Duration.ofSeconds(1).toNanos();

    /** For a document that tells no age. */
    static final long NO_AGE = Long.MAX_VALUE;

    private final LongSupplier clock;
    private final long lasts;
    private final Encoder encoder;
    private byte @Nullable [] bytes;
    private long number;
    private long encodedAt;

    SharedDocument(LongSupplier clock, long lasts, Encoder encoder) {
        this.clock = clock;
        this.lasts = lasts;
        this.encoder = encoder;
    }

    /** Returns the document of a moment, or of a later one if somebody has asked for that already. */
    synchronized byte[] of(Moment moment) {
        long now = clock.getAsLong();
        byte[] last = bytes;
        if (last != null && !isDue(moment, now)) {
            return last;
        }
        byte[] encoded = encoder.encode(moment, now, last == null ? 0 : last.length);
        bytes = encoded;
        number = moment.number();
        encodedAt = now;
        return encoded;
    }

    private boolean isDue(Moment moment, long now) {
        return moment.number() > number || (moment.number() == number && now - encodedAt >= lasts);
    }
}
