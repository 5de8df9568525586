package dev.vireo.driver.qemu.cgroup.percpu;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SumCheckTest {
    private static final long MILLIS = 1_000_000;
    private static final long SECOND = 1_000 * MILLIS;

    @Test
    void aTickOfEachCpuMayBeMissing() throws PassedOverException {
        SumCheck check = new SumCheck(0, 0, 2, false);
        check.requireAll(SECOND, SECOND - 20 * MILLIS);
        PassedOverException lost =
                assertThrows(PassedOverException.class, () -> check.requireAll(SECOND, SECOND - 20 * MILLIS - 1));
        assertTrue(lost.reason().contains("979999 us where cpu.stat grew by 1000000"), lost.reason());
    }

    @Test
    void halfAPercentMayBeMissingWhereThatIsMoreAndAllowed() {
        assertDoesNotThrow(() -> new SumCheck(0, 0, 2, true).requireAll(100 * SECOND, 100 * SECOND - 500 * MILLIS));
        assertThrows(
                PassedOverException.class,
                () -> new SumCheck(0, 0, 2, true).requireAll(100 * SECOND, 100 * SECOND - 501 * MILLIS));
        assertThrows(
                PassedOverException.class,
                () -> new SumCheck(0, 0, 2, false).requireAll(100 * SECOND, 100 * SECOND - 500 * MILLIS));
    }

    @Test
    void whatIsInTheSumAndWasNotUsedIsFoundToo() {
        SumCheck check = new SumCheck(0, 0, 1, false);
        assertFalse(check.isMore(SECOND + 10 * MILLIS, SECOND));
        assertTrue(check.isMore(SECOND + 11 * MILLIS, SECOND));
        assertThrows(PassedOverException.class, () -> check.requireNotMore(SECOND + 11 * MILLIS, SECOND));
    }

    @Test
    void onlyWhatGrewSinceTheFirstReadingIsCompared() {
        SumCheck late = new SumCheck(5 * SECOND, 90 * SECOND, 1, true);
        assertDoesNotThrow(() -> late.requireAll(91 * SECOND, 6 * SECOND));
        assertTrue(late.beganLate());
        assertFalse(new SumCheck(90 * SECOND - 400 * MILLIS, 90 * SECOND, 1, true).beganLate());
    }

    @Test
    void whatWasRightForLongMayNotBeWrongForLong() throws PassedOverException {
        SumCheck check = new SumCheck(0, 0, 2, true);
        check.requireAll(100_000 * SECOND, 100_000 * SECOND);
        check.moveOn(100_000 * SECOND, 100_000 * SECOND);
        assertThrows(PassedOverException.class, () -> check.requireAll(100_001 * SECOND, 100_000 * SECOND));
    }
}
