package dev.vireo.driver.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int CALLS = 10_000;

    private final Fixture fixture = Fixture.withGaps();
    private final Domain domain = fixture.domain();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void cpuStatsAllocateNothing() {
        TypedParameters params = TypedParameters.allocate(10);
        assertAllocatesNothing(() -> {
            domain.getCpuStats(params, 3, -1, 1, 0);
            domain.getCpuStats(params, 2, 0, 5, 0);
        });
    }

    @Test
    void vcpusAllocateNothing() {
        VcpuTimes vcpus = VcpuTimes.allocate(2);
        assertAllocatesNothing(() -> domain.getVcpus(vcpus));
    }

    @Test
    void bulkStatsAllocateNothing() {
        Set<StatsGroup> groups = EnumSet.allOf(StatsGroup.class);
        DomainStatsVisitor nobody = new Nobody();
        assertAllocatesNothing(() -> fixture.connection.getAllDomainStats(groups, nobody, 0));
    }

    private static final class Nobody implements DomainStatsVisitor {
        @Override
        public void domain(DomainRef domain, DomainState state) {}

        @Override
        public void value(Statistic statistic, int index, long value) {}

        @Override
        public void unavailable(Statistic statistic, int index, String reason) {}
    }

    /** Several rounds, since the first ones also count what the virtual machine itself does on this thread. */
    private static void assertAllocatesNothing(Runnable call) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            least = Math.min(least, allocatedBy(call));
        }
        assertEquals(0, least);
    }

    private static long allocatedBy(Runnable call) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
