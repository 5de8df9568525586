package dev.vireo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallGateTest {
    private final AtomicInteger closings = new AtomicInteger();

    private CallGate newGate() {
        return new CallGate(closings::incrementAndGet);
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
}
