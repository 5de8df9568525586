package dev.vireo;

import static dev.vireo.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.sun.management.ThreadMXBean;
import dev.vireo.spi.DomainGetCpuStats;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Slot;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One test for each row of the rules; the driver is a mock, since the question is what reaches it. */
class GetCpuStatsRulesTest {
    private final DomainGetCpuStats function = mock();
    private final Connection connection = FakeDriver.with(
                    DriverTable.builder().with(Slot.DOMAIN_GET_CPU_STATS, function))
            .connect();
    private final Domain domain = connection.getDomainByName("one");

    @AfterEach
    void close() {
        connection.close();
    }

    private void assertRefused(TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        assertFails(ErrorCode.INVALID_ARG, () -> domain.getCpuStats(params, nparams, startCpu, ncpus, flags));
        verifyNoInteractions(function);
    }

    private void assertPassed(TypedParameters params, int nparams, int startCpu, int ncpus) {
        when(function.getCpuStats(any(), any(), anyInt(), anyInt(), anyInt(), anyInt()))
                .thenReturn(7);
        assertEquals(7, domain.getCpuStats(params, nparams, startCpu, ncpus, 0));
        verify(function).getCpuStats(domain.ref(), params, nparams, startCpu, ncpus, 0);
    }

    @Test
    void negativeNparamsIsRefused() {
        assertRefused(TypedParameters.allocate(1), -1, 0, 1, 0);
    }

    @Test
    void negativeNcpusIsRefused() {
        assertRefused(null, 0, 0, -1, 0);
    }

    @Test
    void theTotalTakesExactlyOneCpu() {
        assertRefused(null, 0, -1, 0, 0);
        assertRefused(TypedParameters.allocate(6), 3, -1, 2, 0);
    }

    @Test
    void aStartCpuBelowMinusOneIsRefused() {
        assertRefused(null, 0, -2, 1, 0);
    }

    @Test
    void nullParamsWithNparamsAreRefused() {
        assertRefused(null, 1, 0, 1, 0);
    }

    @Test
    void paramsWithoutNparamsAreRefused() {
        assertRefused(TypedParameters.allocate(1), 0, 0, 1, 0);
    }

    @Test
    void paramsWithoutCpusAreRefused() {
        assertRefused(TypedParameters.allocate(1), 1, 0, 0, 0);
    }

    @Test
    void moreThanSixteenParametersAreRefused() {
        assertRefused(TypedParameters.allocate(17), 17, 0, 1, 0);
    }

    @Test
    void sixteenParametersPass() {
        assertPassed(TypedParameters.allocate(16), 16, 0, 1);
    }

    @Test
    void moreThan128CpusAreRefusedAlsoInAQuestion() {
        assertRefused(TypedParameters.allocate(129), 1, 0, 129, 0);
        assertRefused(null, 0, 0, 129, 0);
    }

    @Test
    void aHundredAndTwentyEightCpusPass() {
        assertPassed(TypedParameters.allocate(256), 2, 0, 128);
    }

    @Test
    void tooSmallABufferIsRefused() {
        assertRefused(TypedParameters.allocate(3), 2, 0, 2, 0);
    }

    @Test
    void anyFlagIsRefused() {
        assertRefused(null, 0, -1, 1, 1);
        assertRefused(null, 0, -1, 1, 4);
        assertRefused(null, 0, -1, 1, Integer.MIN_VALUE);
    }

    @Test
    void theQuestionForTotalsPasses() {
        assertPassed(null, 0, -1, 1);
    }

    @Test
    void theQuestionForCpuIdsPassesWithAnyStartCpu() {
        assertPassed(null, 0, 12_345, 0);
    }

    @Test
    void theQuestionForCpuParametersPassesWithAnyNcpus() {
        assertPassed(null, 0, 0, 5);
    }

    @Test
    void theTotalPasses() {
        assertPassed(TypedParameters.allocate(3), 3, -1, 1);
    }

    @Test
    void everyEntryIsClearedBeforeTheDriverSeesIt() {
        TypedParameters params = TypedParameters.allocate(5);
        for (int i = 0; i < 5; i++) {
            params.setUnsignedLong(i, "old", 9);
        }
        when(function.getCpuStats(any(), any(), anyInt(), anyInt(), anyInt(), anyInt()))
                .thenAnswer(call -> {
                    TypedParameters seen = call.getArgument(1);
                    for (int i = 0; i < 4; i++) {
                        assertFalse(seen.isSet(i));
                    }
                    return 2;
                });
        domain.getCpuStats(params, 2, 0, 2, 0);
        assertTrue(params.isSet(4), "an entry behind the last one that was asked for");
    }

    @Test
    void anErrorBeforeTheDriverLeavesTheBufferAlone() {
        TypedParameters params = TypedParameters.allocate(1);
        params.setUnsignedLong(0, "old", 9);
        assertFails(ErrorCode.INVALID_ARG, () -> domain.getCpuStats(params, 1, 0, 1, 1));
        assertEquals(9, params.unsignedLong(0));
    }

    @Test
    void anErrorOfTheDriverLeavesNothingHalfFilled() {
        TypedParameters params = TypedParameters.allocate(2);
        when(function.getCpuStats(any(), any(), anyInt(), anyInt(), anyInt(), anyInt()))
                .thenAnswer(call -> {
                    call.<TypedParameters>getArgument(1).setUnsignedLong(0, "cpu_time", 5);
                    throw HypervisorException.of(ErrorCode.NO_DOMAIN, "fake", "gone");
                });
        assertFails(ErrorCode.NO_DOMAIN, () -> domain.getCpuStats(params, 2, 0, 1, 0));
        assertFalse(params.isSet(0));
    }

    @Test
    void theSteadyStateAllocatesNothing() {
        Connection plain = FakeDriver.with(DriverTable.builder()
                        .with(Slot.DOMAIN_GET_CPU_STATS, (ref, params, nparams, startCpu, ncpus, flags) -> {
                            params.setUnsignedLong(0, "cpu_time", 1);
                            return 1;
                        }))
                .connect();
        Domain subject = plain.getDomainByName("one");
        TypedParameters params = TypedParameters.allocate(1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                subject.getCpuStats(params, 1, 0, 1, 0);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }
}
