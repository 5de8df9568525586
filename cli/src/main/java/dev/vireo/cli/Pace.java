package dev.vireo.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;

/** The beat of a command that does something over and over. A beat that comes too late puts none of the others off. */
final class Pace {
    private static final double SHORTEST = 0.001;
    private static final double LONGEST = 86_400;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long period;
    private final CountDownLatch stop = new CountDownLatch(1);
    private long next;

    Pace(long period) {
        this.period = period;
    }

    static CommandSpec addTo(CommandSpec spec) {
        spec.addOption(Specs.text("time between two samples, 1 without it; 0.5 is half a second", "-d", "SECONDS"));
        spec.addOption(Specs.number("end after so many samples", "-n"));
        return spec;
    }

    /** Reads the period from an option. */
    static Pace of(Invocation invocation, String option) {
        String text = invocation.text(option);
        if (text == null) {
            return new Pace((long) NANOS_PER_SECOND);
        }
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= SHORTEST && seconds <= LONGEST) {
                return new Pace((long) (seconds * NANOS_PER_SECOND));
            }
        } catch (NumberFormatException noNumber) {
            // said below, with what is one
        }
        throw invocation.misuse(option, "'" + text + "' is no number of seconds from 0.001 to 86400");
    }

    /** Reads {@code -n}: without it there is no end. */
    static int count(Invocation invocation) {
        Integer count = invocation.number("-n");
        if (count != null && count < 1) {
            throw invocation.misuse("-n", "it is 1 or more");
        }
        return count == null ? Integer.MAX_VALUE : count;
    }

    /** Begins the first period. */
    void begin() {
        next = System.nanoTime();
    }

    /** Waits until the period is over. Returns false if there is to be no next one. */
    boolean await() {
        long now = System.nanoTime();
        next = Math.max(next + period, now);
        try {
            return !stop.await(next - now, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Has {@link #await} return at once, from now on; to be called from another thread. */
    void stop() {
        stop.countDown();
    }
}
