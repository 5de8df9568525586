package dev.vireo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallGateTest {
    private static final int ROUNDS = 60_000;

    private final AtomicInteger closings = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger insideAtClosing = new AtomicInteger();

    private CallGate newGate() {
        return new CallGate(() -> {
            insideAtClosing.addAndGet(inside.get());
            closings.incrementAndGet();
        });
    }

    @Test
    void anOpenGateLetsCallsIn() {
        CallGate gate = newGate();
        assertTrue(gate.enter());
        gate.leave();
        assertEquals(0, closings.get());
    }

    @Test
    void closingAnIdleGateRunsTheActionAtOnceAndOnlyOnce() {
        CallGate gate = newGate();
        gate.close();
        gate.close();
        assertEquals(1, closings.get());
        assertTrue(gate.isClosed());
    }

    @Test
    void theLastCallToLeaveRunsTheAction() {
        CallGate gate = newGate();
        gate.enter();
        gate.enter();
        gate.close();
        gate.leave();
        assertEquals(0, closings.get());
        gate.leave();
        assertEquals(1, closings.get());
    }

    @Test
    void aClosedGateRefusesAndStaysClosed() {
        CallGate gate = newGate();
        gate.close();
        assertFalse(gate.enter());
        assertFalse(gate.enter());
        assertEquals(1, closings.get());
    }

    @Test
    void aCallRefusedWhileAnotherIsInsideDoesNotClose() {
        CallGate gate = newGate();
        gate.enter();
        gate.close();
        assertFalse(gate.enter());
        assertEquals(0, closings.get());
        gate.leave();
        assertEquals(1, closings.get());
    }

    @Test
    void sixtyThousandRacesBetweenCallsAndCloseEndInOneClosingWithNobodyInside() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CallGate[] gate = {newGate()};
            CyclicBarrier round = new CyclicBarrier(3);
            Future<?> first = threads.submit(() -> race(round, gate));
            Future<?> second = threads.submit(() -> race(round, gate));
            for (int i = 1; i <= ROUNDS; i++) {
                round.await();
                gate[0].close();
                round.await(); // both callers have left
                assertEquals(i, closings.get());
                gate[0] = newGate();
            }
            first.get(60, TimeUnit.SECONDS);
            second.get(60, TimeUnit.SECONDS);
            assertEquals(0, insideAtClosing.get());
        } finally {
            threads.shutdownNow();
        }
    }

    private Void race(CyclicBarrier round, CallGate[] gate) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            round.await();
            if (gate[0].enter()) {
                inside.incrementAndGet();
                inside.decrementAndGet();
                gate[0].leave();
            }
            round.await();
        }
        return null;
    }
}
