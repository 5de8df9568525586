package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Drivers;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading again and again makes no garbage, once no guest is new any more. */
class SteadyStateTest extends HostTreeTests {
    private static final Set<StatsGroup> ALL = EnumSet.allOf(StatsGroup.class);
    private static final long MINUTE = 60_000_000_000L;

    private final AtomicLong clock = new AtomicLong();

    @BeforeEach
    void makeGuests() {
        libvirtGuestOnV1();
        host.mountV2()
                .thread(4242, 4250, "CPU 0/KVM", "100 10 1")
                .thread(4242, 4251, "CPU 1/KVM", "200 20 2")
                .process(1, 0, "systemd", 1, "0::/init.scope\n")
                .program(1, "/opt/none/systemd")
                .process(2, 0, "bash", 1, "0::/init.scope\n")
                .program(2, "/opt/none/bash")
                .qemu(60, 5, "5:cpu,cpuacct:/\n0::/vm.scope\n", "kvm", "-name", "v2")
                .thread(60, 61, "CPU 0/KVM", "100 10 1")
                .v2Group("/vm.scope", "usage_usec 7\nuser_usec 1\nsystem_usec 6\n")
                .write("sys/fs/cgroup/unified/vm.scope/cgroup.procs", "60\n")
                .qemu(70, 5, "5:cpu,cpuacct:/\n0::/\n", "kvm", "-name", "shared")
                .thread(70, 70, "qemu-system-x86", "100 10 1");
    }

    private Connection openOld() {
        Connection connection =
                Drivers.none().with(new QemuCgroupDriver(clock::get)).open(host.uri());
        assertEquals(3, connection.listDomains().size());
        clock.addAndGet(MINUTE); // now no guest is young
        return connection;
    }

    /** The least of many rounds: once a second something is looked at again, and the JVM itself makes some. */
    private static void assertMakesNoGarbage(Runnable action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 50; i++) {
                action.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }

    @Test
    void theBulkReadFindsAndReadsAllGroups() {
        Counter counter = new Counter();
        try (Connection connection = openOld()) {
            connection.getAllDomainStats(ALL, counter, 0);
            assertEquals(3, counter.domains);
            assertTrue(counter.values > 15, () -> counter.values + " values");
            assertMakesNoGarbage(() -> connection.getAllDomainStats(ALL, counter, 0));
        }
    }

    @Test
    void theBulkReadOfTotalsAlone() {
        Counter counter = new Counter();
        Set<StatsGroup> totals = EnumSet.of(StatsGroup.CPU_TOTAL);
        try (Connection connection = openOld()) {
            assertMakesNoGarbage(() -> connection.getAllDomainStats(totals, counter, 0));
        }
    }

    @Test
    void vcpusAreReadOneGuestAtATime() {
        VcpuTimes vcpus = VcpuTimes.allocate(8);
        try (Connection connection = openOld()) {
            Domain web = connection.getDomainByName("web");
            Domain v2 = connection.getDomainByName("v2");
            assertMakesNoGarbage(() -> {
                web.getVcpus(vcpus);
                v2.getVcpus(vcpus);
            });
            assertEquals(1, vcpus.size());
        }
    }

    @Test
    void totalsAreReadFromEachKindOfSource() {
        TypedParameters params = TypedParameters.allocate(3);
        try (Connection connection = openOld()) {
            List<Domain> domains = connection.listDomains();
            assertMakesNoGarbage(() -> {
                for (int i = 0; i < domains.size(); i++) {
                    domains.get(i).getCpuStats(params, 3, -1, 1, 0);
                    domains.get(i).getCpuStats(null, 0, -1, 1, 0);
                }
            });
        }
    }

    /** Counts, so that nothing of its own is allocated. */
    private static final class Counter implements DomainStatsVisitor {
        private int domains;
        private int values;

        @Override
        public void domain(DomainRef domain, DomainState state) {
            domains++;
        }

        @Override
        public void value(Statistic statistic, int index, long value) {
            values++;
        }

        @Override
        public void unavailable(Statistic statistic, int index, String reason) {
            values++;
        }
    }
}
