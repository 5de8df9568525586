package dev.vireo.monitor;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Holds how much of something was used in each second, or the reason why that is not known yet. It is never negative, and
 * never stands for a rate that was not measured. Immutable and thread-safe.
 */
public final class Rate {
    private final double value;
    private final @Nullable String reason;

    private Rate(double value, @Nullable String reason) {
        this.value = value;
        this.reason = reason;
    }

    /**
     * Makes a rate.
     *
     * @param value the rate, not negative, finite
     * @return the rate
     * @throws IllegalArgumentException if it is negative or no number
     */
    public static Rate of(double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("a rate is a number and not negative: " + value);
        }
        return new Rate(value, null);
    }

    /**
     * Makes a rate that there is not yet.
     *
     * @param reason why, fit to be shown after "no rate yet, because"
     * @return the rate
     */
    public static Rate none(String reason) {
        return new Rate(0, Objects.requireNonNull(reason, "reason"));
    }

    /**
     * Tells whether there is one.
     *
     * @return whether {@link #value()} answers
     */
    public boolean isKnown() {
        return reason == null;
    }

    /**
     * Returns the rate.
     *
     * @return of a CPU time, CPU seconds in each second, which is how many CPUs were busy; after
     *     {@link DomainRates#percent} a percentage
     * @throws IllegalStateException with the reason, if there is none
     */
    public double value() {
        if (reason != null) {
            throw new IllegalStateException("no rate yet, because " + reason);
        }
        return value;
    }

    /**
     * Returns why there is none.
     *
     * @return the reason, empty if {@link #isKnown()}
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Returns the same in another unit; a reason stays as it is. */
    Rate map(DoubleUnaryOperator unit) {
        return reason == null ? of(unit.applyAsDouble(value)) : this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rate rate
                && Double.compare(value, rate.value) == 0
                && Objects.equals(reason, rate.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value, reason);
    }

    @Override
    public String toString() {
        return reason == null ? String.format(Locale.ROOT, "%.3f", value) : "no rate yet, because " + reason;
    }
}
