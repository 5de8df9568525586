package dev.vireo.driver.test;

import static dev.vireo.driver.test.Fixture.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.CpuStats;
import dev.vireo.Domain;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.Operation;
import dev.vireo.ParameterType;
import dev.vireo.TypedParameters;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CpuStatsTest {
    private final Fixture fixture = Fixture.preset();
    private final Domain domain = fixture.domain();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theTypicalSequenceForTotalsGivesLibvirtsConstants() {
        int nparams = domain.getCpuStats(null, 0, -1, 1, 0);
        TypedParameters params = TypedParameters.allocate(nparams);
        assertEquals(3, domain.getCpuStats(params, nparams, -1, 1, 0));
        assertEquals("[cpu_time=48772617035, user_time=5540000000, system_time=6460000000]", params.toString());
        assertEquals(ParameterType.ULLONG, params.type(0));
    }

    @Test
    void theTypicalSequencePerCpuGivesLibvirtsConstants() {
        int cpus = domain.getCpuStats(null, 0, 0, 0, 0);
        int nparams = domain.getCpuStats(null, 0, 0, 1, 0);
        TypedParameters params = TypedParameters.allocate(cpus * nparams);
        assertEquals(2, domain.getCpuStats(params, nparams, 0, cpus, 0));
        assertEquals(
                "[cpu_time=24386308517, vcpu_time=23151740627, cpu_time=24386308518, vcpu_time=23151740628]",
                params.toString());
    }

    @Test
    void questionsIgnoreTheFirstCpu() {
        assertEquals(2, domain.getCpuStats(null, 0, 1000, 0, 0));
        assertEquals(2, domain.getCpuStats(null, 0, 1000, 128, 0));
    }

    @Test
    void aMissingCpuIsAnUnsetEntryInTheMiddle() {
        try (Fixture gaps = Fixture.withGaps()) {
            assertEquals(5, gaps.domain().getCpuStats(null, 0, 0, 0, 0));
            TypedParameters params = TypedParameters.allocate(10);
            assertEquals(2, gaps.domain().getCpuStats(params, 2, 0, 5, 0));
            assertEquals(
                    "[cpu_time=16257539011, vcpu_time=15022971121, -, -, cpu_time=16257539013, vcpu_time=15022971123,"
                            + " -, -, cpu_time=16257539015, vcpu_time=15022971125]",
                    params.toString());
        }
    }

    @Test
    void theNumberOfIdsEndsWithTheHighestCpuThatIsThere() {
        HypervisorConfiguration configuration = HypervisorConfiguration.builder()
                .cpus(8)
                .missingCpus(6, 7)
                .domain(DomainConfiguration.preset())
                .build();
        try (Fixture shrunk = new Fixture(configuration)) {
            assertEquals(6, shrunk.domain().getCpuStats(null, 0, 0, 0, 0));
        }
    }

    @Test
    void cpusPastTheLastStayCleared() {
        TypedParameters params = TypedParameters.allocate(6);
        params.setUnsignedLong(5, "stale", 1);
        assertEquals(2, domain.getCpuStats(params, 2, 1, 3, 0));
        assertEquals("[cpu_time=24386308518, vcpu_time=23151740628, -, -, -, -]", params.toString());
    }

    @Test
    void fewerParametersAreTheFirstOnes() {
        TypedParameters params = TypedParameters.allocate(2);
        assertEquals(2, domain.getCpuStats(params, 2, -1, 1, 0));
        assertEquals("[cpu_time=48772617035, user_time=5540000000]", params.toString());
        assertEquals(1, domain.getCpuStats(params, 1, 0, 2, 0));
        assertEquals("[cpu_time=24386308517, cpu_time=24386308518]", params.toString());
    }

    @Test
    void moreParametersThanThereAreLeaveTheRestOfEachStrideCleared() {
        TypedParameters params = TypedParameters.allocate(6);
        assertEquals(2, domain.getCpuStats(params, 3, 0, 2, 0));
        assertFalse(params.isSet(2));
        assertEquals(24386308518L, params.unsignedLong(3));
        assertEquals(3, domain.getCpuStats(params, 6, -1, 1, 0));
        assertFalse(params.isSet(3));
    }

    @Test
    void aFirstCpuPastTheLastIsInvalidIfThereIsSomethingToFill() {
        TypedParameters params = TypedParameters.allocate(2);
        String message = assertFails(ErrorCode.INVALID_ARG, () -> domain.getCpuStats(params, 2, 2, 1, 0))
                .getMessage();
        assertTrue(message.startsWith("invalid argument: start_cpu 2 larger than maximum of 1"), message);
    }

    @Test
    void argumentsAreCheckedByTheRules() {
        TypedParameters params = TypedParameters.allocate(4);
        assertInvalid(params, -1, 0, 1, 0);
        assertInvalid(params, 1, 0, -1, 0);
        assertInvalid(params, 1, -1, 2, 0);
        assertInvalid(params, 1, -2, 1, 0);
        assertInvalid(null, 1, 0, 1, 0);
        assertInvalid(params, 0, 0, 1, 0);
        assertInvalid(params, 1, 0, 0, 0);
        assertInvalid(TypedParameters.allocate(17), 17, 0, 1, 0);
        assertInvalid(TypedParameters.allocate(129), 1, 0, 129, 0);
        assertInvalid(params, 2, 0, 3, 0);
        assertInvalid(params, 2, 0, 2, 1);
    }

    @Test
    void anAbsentEntryIsNoSupport() {
        HypervisorConfiguration lacking = HypervisorConfiguration.builder()
                .domain(DomainConfiguration.preset())
                .without(Operation.DOMAIN_GET_CPU_STATS)
                .build();
        try (Fixture without = new Fixture(lacking)) {
            assertFalse(without.connection.supports(Operation.DOMAIN_GET_CPU_STATS));
            assertFails(ErrorCode.NO_SUPPORT, () -> without.domain().getCpuStats(null, 0, -1, 1, 0));
        }
    }

    @Test
    void aRunThatHasEndedIsNoDomain() {
        fixture.hypervisor.domain("test").end();
        String message = assertFails(ErrorCode.NO_DOMAIN, () -> domain.getCpuStats(null, 0, -1, 1, 0))
                .getMessage();
        String expected =
                "Domain not found: no domain with matching uuid '6695eb01-f6a4-8304-79aa-97f2502e193f' (test)";
        assertTrue(message.startsWith(expected), message);
    }

    @Test
    void aDomainThatIsShutOffIsNotRunning() {
        fixture.hypervisor.domain("test").end();
        Domain shutOff = fixture.domain();
        String message = assertFails(ErrorCode.OPERATION_INVALID, () -> shutOff.getCpuStats(null, 0, -1, 1, 0))
                .getMessage();
        assertTrue(message.startsWith("Requested operation is not valid: domain is not running"), message);
    }

    @Test
    void theOriginIsSetWhereSomethingWasFilledAndStaysTheSameObject() {
        TypedParameters params = TypedParameters.allocate(4);
        domain.getCpuStats(params, 3, -1, 1, 0);
        var total = params.origin().orElseThrow();
        domain.getCpuStats(params, 2, 0, 2, 0);
        assertEquals("in-memory", total.source());
        assertTrue(total == params.origin().orElseThrow());
    }

    @Test
    void aSourceThatStartsAgainBetweenTwoChunksIsReadAgain() {
        HypervisorConfiguration many = HypervisorConfiguration.builder()
                .cpus(300)
                .domain(DomainConfiguration.preset())
                .build();
        try (Fixture wide = new Fixture(many)) {
            // calls: two for the totals, two questions, then the chunks
            wide.hypervisor.faults().before(Operation.DOMAIN_GET_CPU_STATS, 6, wide.hypervisor::restartSource);
            CpuStats.HostCpus hostCpus = wide.domain().cpuStats().hostCpus();
            assertEquals(300, hostCpus.cpus().size());
            assertEquals(1, hostCpus.origin().orElseThrow().generation());
        }
    }

    @Test
    void theTotalGrowsByTheTimeOfEveryVcpu() {
        fixture.clock.advance(Duration.ofSeconds(1));
        TypedParameters params = TypedParameters.allocate(3);
        domain.getCpuStats(params, 3, -1, 1, 0);
        assertEquals("[cpu_time=50772617035, user_time=7340000000, system_time=6660000000]", params.toString());
    }

    @Test
    void theCpusGainWhatTheTotalGainsToTheNanosecond() {
        try (Fixture gaps = Fixture.withGaps()) {
            CpuStats before = gaps.domain().cpuStats();
            gaps.clock.advanceNanos(1_000_000_007);
            CpuStats after = gaps.domain().cpuStats();
            assertEquals(2_000_000_014, total(after) - total(before));
            assertEquals(2_000_000_014, sum(after) - sum(before));
        }
    }

    @Test
    void vcpuTimeIsNeverNegativeNorMoreThanCpuTime() {
        HypervisorConfiguration many = HypervisorConfiguration.builder()
                .cpus(1000)
                .domain(DomainConfiguration.preset())
                .build();
        try (Fixture wide = new Fixture(many)) {
            wide.clock.advanceNanos(12_345);
            for (CpuStats.HostCpu cpu : wide.domain().cpuStats().hostCpus().cpus()) {
                long vcpu = cpu.vcpuTimeNanos().value();
                assertTrue(vcpu >= 0 && vcpu <= cpu.cpuTimeNanos().value(), cpu::toString);
            }
        }
    }

    @Test
    void equalClocksGiveEqualNumbers() {
        try (Fixture other = Fixture.preset()) {
            fixture.clock.advanceNanos(123_456_789);
            other.clock.advanceNanos(123_456_000);
            other.clock.advanceNanos(789);
            assertEquals(
                    domain.cpuStats().total(),
                    withoutOrigin(domain.cpuStats(), other.domain().cpuStats()));
            assertEquals(
                    domain.cpuStats().hostCpus().cpus(),
                    other.domain().cpuStats().hostCpus().cpus());
        }
    }

    @Test
    void aPausedDomainDoesNotGrow() {
        fixture.clock.advanceNanos(10);
        domain.suspend();
        long paused = total(domain.cpuStats());
        fixture.clock.advance(Duration.ofDays(1));
        assertEquals(paused, total(domain.cpuStats()));
        domain.resume();
        fixture.clock.advanceNanos(5);
        assertEquals(paused + 10, total(domain.cpuStats()));
        assertEquals(DomainState.RUNNING, domain.getInfo().state());
    }

    private void assertInvalid(TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        assertFails(ErrorCode.INVALID_ARG, () -> domain.getCpuStats(params, nparams, startCpu, ncpus, flags));
    }

    /** Origins are values of each hypervisor's own. */
    private static CpuStats.Total withoutOrigin(CpuStats origin, CpuStats numbers) {
        CpuStats.Total total = numbers.total();
        return new CpuStats.Total(
                total.cpuTimeNanos(),
                total.userTimeNanos(),
                total.systemTimeNanos(),
                origin.total().origin());
    }

    private static long total(CpuStats stats) {
        return stats.total().cpuTimeNanos().value();
    }

    private static long sum(CpuStats stats) {
        return stats.hostCpus().cpus().stream()
                .mapToLong(cpu -> cpu.cpuTimeNanos().value())
                .sum();
    }
}
