package dev.vireo;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a number that was read, or the reason why it could not be. It never stands for a number that was not read.
 *
 * <p>The unit is in the name of what returns it. Immutable and thread-safe.
 */
public final class Reading {
    private final long value;
    private final @Nullable String reason;

    private Reading(long value, @Nullable String reason) {
        this.value = value;
        this.reason = reason;
    }

    /**
     * Makes a reading of a number.
     *
     * @param value what was read; CPU times are unsigned
     * @return the reading
     */
    public static Reading of(long value) {
        return new Reading(value, null);
    }

    /**
     * Makes a reading that there is not.
     *
     * @param reason why there is no number, fit to be shown after "unavailable, because"
     * @return the reading
     */
    public static Reading unavailable(String reason) {
        return new Reading(0, Objects.requireNonNull(reason, "reason"));
    }

    /**
     * Tells whether a number was read.
     *
     * @return whether {@link #value()} answers
     */
    public boolean isAvailable() {
        return reason == null;
    }

    /**
     * Returns the number that was read.
     *
     * @return the number; CPU times are unsigned, see {@link Long#toUnsignedString(long)}
     * @throws HypervisorException {@link ErrorCode#OPERATION_UNSUPPORTED} with the reason, if there is none
     */
    public long value() {
        if (reason != null) {
            throw HypervisorException.of(ErrorCode.OPERATION_UNSUPPORTED, HypervisorException.LIBRARY, reason);
        }
        return value;
    }

    /**
     * Returns why there is no number.
     *
     * @return the reason, empty if {@link #isAvailable()}
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Reading reading && value == reading.value && Objects.equals(reason, reading.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value, reason);
    }

    @Override
    public String toString() {
        return reason == null ? Long.toUnsignedString(value) : "unavailable, because " + reason;
    }
}
