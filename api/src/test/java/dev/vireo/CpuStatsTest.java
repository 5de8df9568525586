package dev.vireo;

import static dev.vireo.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.spi.DomainGetCpuStats;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The friendly form, over drivers that answer by hand. */
class CpuStatsTest {
    private final List<String> chunks = new ArrayList<>();
    private int cpuIds = 2;
    private int restartsLeft;
    private long generation;
    private @Nullable HypervisorException totalFails;
    private @Nullable HypervisorException perCpuFails;

    private int answer(
            DomainRef ref, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        if (startCpu == -1) {
            return total(params, nparams);
        }
        if (params == null) {
            return ncpus == 0 ? cpuIds : 2;
        }
        if (perCpuFails != null) {
            throw perCpuFails;
        }
        chunks.add(startCpu + "+" + ncpus);
        if (startCpu > 0 && restartsLeft > 0) {
            restartsLeft--;
            generation++;
        }
        params.setOrigin(CpuStatsOrigin.from("by hand")
                .generation(generation)
                .missing("vcpu_time", "nobody counts it")
                .build());
        for (int i = 0; i < ncpus; i++) {
            if ((startCpu + i) % 10 != 7) { // ids that end in 7 have no CPU
                params.setUnsignedLong(i * nparams, "cpu_time", 1_000 + startCpu + i);
            }
        }
        return 1;
    }

    private int total(@Nullable TypedParameters params, int nparams) {
        if (totalFails != null) {
            throw totalFails;
        }
        if (params != null) {
            params.setUnsignedLong(0, "cpu_time", 30);
            params.setUnsignedLong(1, "user_time", 10);
        }
        return params == null ? 2 : nparams;
    }

    private CpuStats read() {
        Connection connection = FakeDriver.with(
                        DriverTable.builder().with(Slot.DOMAIN_GET_CPU_STATS, (DomainGetCpuStats) this::answer))
                .connect();
        return connection.getDomainByName("one").cpuStats();
    }

    private static HypervisorException unsupported(String reason) {
        return HypervisorException.of(ErrorCode.OPERATION_UNSUPPORTED, "fake", reason);
    }

    @Test
    void valuesAndMissingFieldsStandSideBySide() {
        CpuStats stats = read();
        assertEquals(Reading.of(30), stats.total().cpuTimeNanos());
        assertEquals(Reading.of(10), stats.total().userTimeNanos());
        assertFalse(stats.total().systemTimeNanos().isAvailable());
        CpuStats.HostCpu cpu = stats.hostCpus().cpus().get(1);
        assertEquals(new CpuStats.HostCpu(1, Reading.of(1_001), Reading.unavailable("nobody counts it")), cpu);
        assertEquals("by hand", stats.hostCpus().origin().orElseThrow().source());
    }

    @Test
    void cpusThatAreNotThereAreLeftOut() {
        cpuIds = 10;
        List<Integer> cpus =
                read().hostCpus().cpus().stream().map(CpuStats.HostCpu::cpu).toList();
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 8, 9), cpus);
    }

    @Test
    void manyCpusAreReadInChunksOf128() {
        cpuIds = 300;
        assertEquals(300 - 30, read().hostCpus().cpus().size());
        assertEquals(List.of("0+128", "128+128", "256+44"), chunks);
    }

    @Test
    void aSourceThatRestartsBetweenTwoChunksIsReadAgainFromTheStart() {
        cpuIds = 200;
        restartsLeft = 1;
        assertTrue(read().hostCpus().isAvailable());
        assertEquals(List.of("0+128", "128+72", "0+128", "128+72"), chunks);
    }

    @Test
    void aSourceThatAlwaysRestartsIsUnavailableAndNotReadForEver() {
        cpuIds = 200;
        restartsLeft = Integer.MAX_VALUE;
        CpuStats.HostCpus hostCpus = read().hostCpus();
        assertFalse(hostCpus.isAvailable());
        assertTrue(hostCpus.cpus().isEmpty());
        assertTrue(String.valueOf(hostCpus.unavailable()).contains("started again"));
    }

    @Test
    void missingCpuTimesDoNotSinkTheTotal() {
        perCpuFails = unsupported("no file for it");
        CpuStats stats = read();
        assertEquals(Reading.of(30), stats.total().cpuTimeNanos());
        assertEquals("Operation not supported: no file for it", stats.hostCpus().unavailable());
    }

    @Test
    void aMissingTotalDoesNotSinkTheCpuTimes() {
        totalFails = unsupported("no total");
        CpuStats stats = read();
        assertEquals(
                Optional.of("Operation not supported: no total"),
                stats.total().cpuTimeNanos().reason());
        assertEquals(2, stats.hostCpus().cpus().size());
    }

    @Test
    void whenNothingCanBeReadTheErrorOfTheTotalIsThrown() {
        totalFails = unsupported("no total");
        perCpuFails = unsupported("no file for it");
        HypervisorException error = assertFails(ErrorCode.OPERATION_UNSUPPORTED, this::read);
        assertEquals("Operation not supported: no total", error.getMessage());
        assertEquals(1, error.getSuppressed().length);
    }

    @Test
    void aDomainThatHasEndedIsNotHalfAnswered() {
        perCpuFails = HypervisorException.of(ErrorCode.NO_DOMAIN, "fake", "gone");
        assertFails(ErrorCode.NO_DOMAIN, this::read);
    }

    @Test
    void anUnavailableReadingGivesItsReasonAndNeverANumber() {
        Reading reading = Reading.unavailable("nobody counts it");
        assertFails(ErrorCode.OPERATION_UNSUPPORTED, reading::value);
        assertEquals("unavailable, because nobody counts it", reading.toString());
        assertEquals("18446744073709551615", Reading.of(-1).toString());
    }
}
