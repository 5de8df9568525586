package dev.vireo.cli.top;

import dev.vireo.Reading;
import dev.vireo.monitor.Denominator;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.Rate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is told of each domain. The name comes last: whatever a terminal makes of a guest's letters, it moves no number.
 */
public enum Column {
    /** All that the domain used. */
    CPU("CPU%", 5),
    /** The part of it in user mode. */
    USER("USER%", 5),
    /** The part of it in the kernel. */
    SYSTEM("SYS%", 5),
    /** How much its vCPUs were ready to run and waited for a host CPU. */
    STEAL("STEAL%", 6),
    /** How many vCPUs it has. */
    VCPUS("VCPUS", 5),
    /** What it used outside its vCPUs. */
    OVERHEAD("OVERH%", 6),
    /** Its name. */
    NAME("NAME", 4);

    private final String label;
    private final int width;

    Column(String label, int width) {
        this.label = label;
        this.width = width;
    }

    /** Returns what stands above it. */
    String label() {
        return label;
    }

    /** Returns how many columns of a terminal its numbers take. */
    int width() {
        return width;
    }

    /**
     * Returns the word for it on the command line.
     *
     * @return for instance {@code cpu}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a column by its word.
     *
     * @param word a word
     * @return the column, null if there is none
     */
    public static @Nullable Column ofWord(String word) {
        for (Column column : values()) {
            if (column.word().equals(word)) {
                return column;
            }
        }
        return null;
    }

    Column next() {
        return values()[(ordinal() + 1) % values().length];
    }

    boolean isNumber() {
        return this != NAME;
    }

    /**
     * Returns the number of a domain.
     *
     * @param domain the domain
     * @param denominator what 100 % is
     * @return a percentage, or how many vCPUs there are, or why it is not known
     */
    public Rate of(DomainRates domain, Denominator denominator) {
        return switch (this) {
            case CPU -> domain.percent(domain.total(), denominator);
            case USER -> domain.percent(domain.user(), denominator);
            case SYSTEM -> domain.percent(domain.system(), denominator);
            case STEAL -> domain.percent(domain.steal(), denominator);
            case OVERHEAD -> domain.percent(domain.overhead(), denominator);
            case VCPUS -> rate(domain.sample().vcpuCount());
            case NAME -> Rate.none("a name is no number");
        };
    }

    /** Returns the number as text, a dash where it is not known. */
    String text(DomainRates domain, Denominator denominator) {
        Rate number = of(domain, denominator);
        if (this == VCPUS && number.isKnown()) {
            return Long.toString((long) number.value());
        }
        return Percent.text(number);
    }

    private static Rate rate(Reading reading) {
        return reading.isAvailable()
                ? Rate.of((double) reading.value())
                : Rate.none(reading.reason().orElse(""));
    }
}
