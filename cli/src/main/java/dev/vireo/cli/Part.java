package dev.vireo.cli;

import dev.vireo.HypervisorException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds one part of a report, or the reason why it cannot be had.
 *
 * @param <T> what the part is
 * @param value the part, null if it is unavailable
 * @param reason why there is none
 */
record Part<T>(@Nullable T value, String reason) {
    static <T> Part<T> read(Supplier<T> source) {
        try {
            return new Part<>(source.get(), "");
        } catch (HypervisorException failure) {
            return new Part<>(null, String.valueOf(failure.getMessage()));
        }
    }

    String unavailable() {
        return "unavailable, because " + reason;
    }
}
