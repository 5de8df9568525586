package dev.vireo.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PausableTimeTest {
    private final List<Long> waits = new ArrayList<>();
    /** What happens in each wait. */
    private final Deque<Runnable> events = new ArrayDeque<>();

    private long now;
    private final PausableTime time = new PausableTime(() -> now, (monitor, nanos) -> {
        waits.add(nanos);
        events.remove().run();
    });

    private void after(long nanos, Runnable event) {
        events.add(() -> {
            now += nanos;
            event.run();
        });
    }

    @Test
    void itGoesOnWhereItStoodStill() throws InterruptedException {
        after(30, () -> time.pause(true));
        after(5000, () -> {});
        after(5000, () -> time.pause(false));
        after(70, () -> {});
        time.await(100);
        assertEquals(List.of(100L, Long.MAX_VALUE, Long.MAX_VALUE, 70L), waits);
    }

    @Test
    void whileItStandsStillNobodyGetsOnNotEvenAtOnce() throws InterruptedException {
        time.pause(true);
        after(9, () -> time.pause(false));
        time.await(0);
        assertEquals(List.of(Long.MAX_VALUE), waits);
        time.await(0);
        time.await(-5);
        assertEquals(1, waits.size());
    }

    @Test
    void thatOfThisProcessIsWokenByWhoeverLetsItGoOn() throws InterruptedException {
        PausableTime own = PausableTime.ofThisProcess();
        own.pause(true);
        Thread waiting = new Thread(() -> {
            try {
                own.await(1);
            } catch (InterruptedException end) {
                throw new AssertionError(end);
            }
        });
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        own.pause(false);
        waiting.join();
    }
}
