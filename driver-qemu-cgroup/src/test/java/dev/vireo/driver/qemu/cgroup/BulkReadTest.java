package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** All guests at once. */
class BulkReadTest extends HostTreeTests {
    private static final Set<StatsGroup> ALL = EnumSet.allOf(StatsGroup.class);
    private static final String V1 = "sys/fs/cgroup/cpu,cpuacct";

    private void threeGuests() {
        libvirtGuestOnV1();
        host.thread(4242, 4250, "CPU 0/KVM", "100 10 1").thread(4242, 4251, "CPU 1/KVM", "200 20 2");
        plainGuest(60, "a");
        plainGuest(5000, "z");
    }

    private void plainGuest(int pid, String name) {
        String group = "/" + name + ".service";
        host.qemu(pid, 5, "5:cpu,cpuacct:" + group + "\n", "kvm", "-name", name)
                .v1Group(group, Integer.toString(pid), "1", "2", pid + " 0")
                .write(V1 + group + "/cgroup.procs", pid + "\n");
    }

    private static Recorded read(Connection connection, Set<StatsGroup> groups) {
        Recorded recorded = new Recorded();
        connection.getAllDomainStats(groups, recorded, 0);
        return recorded;
    }

    @Test
    void allGroupsOfAGuestOnV1() {
        threeGuests();
        try (Connection connection = open()) {
            List<String> web = read(connection, ALL).lines.get("web");
            assertEquals(
                    List.of(
                            "cpu.time[0]=900",
                            "cpu.user[0]=30000000",
                            "cpu.system[0]=40000000",
                            "vcpu.time[0]=100",
                            "vcpu.delay[0]=10",
                            "vcpu.time[1]=200",
                            "vcpu.delay[1]=20"),
                    web.subList(0, 7));
            assertTrue(web.get(7).startsWith("vcpu.state[0]: "), web.get(7));
            assertEquals(
                    List.of(
                            "host_cpu.cpu_time[0]=500",
                            "host_cpu.vcpu_time[0]=400",
                            "host_cpu.cpu_time[1]=400",
                            "host_cpu.vcpu_time[1]=300"),
                    web.subList(8, web.size()));
        }
    }

    @Test
    void guestsComeByPidAndOnlyWithWhatWasAskedFor() {
        threeGuests();
        try (Connection connection = open()) {
            Recorded recorded = read(connection, Set.of(StatsGroup.CPU_TOTAL));
            assertEquals(List.of("a", "web", "z"), recorded.names);
            assertEquals(
                    List.of("cpu.time[0]=60", "cpu.user[0]=10000000", "cpu.system[0]=20000000"),
                    recorded.lines.get("a"));
            assertEquals(
                    List.of("host_cpu.cpu_time[0]=5000", "host_cpu.cpu_time[1]=0"),
                    read(connection, Set.of(StatsGroup.HOST_CPU)).of("z", Statistic.HOST_CPU_TIME));
        }
    }

    @Test
    void eachGroupSaysWhereItComesFromAsTheGuestItselfDoes() {
        libvirtGuestOnV1();
        host.thread(4242, 4250, "CPU 0/KVM", "100 10 1");
        try (Connection connection = open()) {
            Domain web = connection.getDomainByName("web");
            TypedParameters params = TypedParameters.allocate(2);
            Recorded recorded = read(connection, ALL);
            web.getCpuStats(params, 1, -1, 1, 0);
            assertSame(params.origin().orElseThrow(), recorded.origins.get(StatsGroup.CPU_TOTAL));
            web.getCpuStats(params, 2, 0, 1, 0);
            assertSame(params.origin().orElseThrow(), recorded.origins.get(StatsGroup.HOST_CPU));
            assertEquals(
                    "/proc/PID/task/TID/schedstat",
                    recorded.origins.get(StatsGroup.VCPU).source());
        }
    }

    @Test
    void onV2TimesPerCpuAreUnavailableForOneReason() {
        host.mountV2()
                .qemu(4242, 777, "0::" + SCOPE + "/emulator\n", "qemu", "-name", "guest=web", "-uuid", UUID_TEXT)
                .thread(4242, 4250, "CPU 0/KVM", "100 10 1")
                .v2Group(SCOPE, "usage_usec 1234567\nuser_usec 1000000\nsystem_usec 234567\n");
        try (Connection connection = open()) {
            Recorded recorded = read(connection, ALL);
            assertEquals(List.of("cpu.time[0]=1234567000"), recorded.of("web", Statistic.CPU_TIME));
            assertEquals(List.of("vcpu.time[0]=100"), recorded.of("web", Statistic.VCPU_TIME));
            List<String> hostCpus = recorded.of("web", Statistic.HOST_CPU_TIME);
            assertEquals(1, hostCpus.size());
            assertTrue(hostCpus.get(0).contains("cgroup v2 has no file"), hostCpus.get(0));
            assertEquals(1, recorded.of("web", Statistic.HOST_CPU_VCPU_TIME).size());
        }
    }

    @Test
    void aGuestThatSharesItsGroupIsReadFromItsProcess() {
        host.mountV1()
                .qemu(60, 5, "5:cpu,cpuacct:/shell.scope\n", "kvm", "-name", "plain")
                .process(62, 1, "spinner", 6, "5:cpu,cpuacct:/shell.scope\n")
                .v1Group("/shell.scope", "999999", "0", "0", "2 3")
                .write(V1 + "/shell.scope/cgroup.procs", "60\n62\n");
        try (Connection connection = open()) {
            Recorded recorded = read(connection, Set.of(StatsGroup.CPU_TOTAL, StatsGroup.HOST_CPU));
            assertEquals(List.of("cpu.time[0]=3200000000"), recorded.of("plain", Statistic.CPU_TIME));
            assertTrue(recorded.of("plain", Statistic.HOST_CPU_TIME).get(0).contains("shell.scope"));
        }
    }

    @Test
    void givenDomainsAreReadInTheGivenOrder() {
        threeGuests();
        try (Connection connection = open()) {
            Recorded recorded = new Recorded();
            List<Domain> given = List.of(connection.getDomainByName("z"), connection.getDomainByName("a"));
            connection.getDomainStats(given, ALL, recorded, 0);
            assertEquals(List.of("z", "a"), recorded.names);
        }
    }

    @Test
    void aGuestThatHasEndedIsLeftOutAndTheOthersGoOn() {
        threeGuests();
        try (Connection connection = open()) {
            List<Domain> given = connection.listDomains();
            read(connection, ALL);
            host.end(4242);
            Recorded recorded = new Recorded();
            connection.getDomainStats(given, ALL, recorded, 0);
            assertEquals(List.of("a", "z"), recorded.names);
            assertEquals(List.of("a", "z"), read(connection, ALL).names);
        }
    }

    @Test
    void aZombieIsLeftOutBeforeItIsWaitedFor() {
        threeGuests();
        try (Connection connection = open()) {
            read(connection, ALL);
            host.write("proc/4242/statm", "0 0 0 0 0 0 0\n");
            assertEquals(List.of("a", "z"), read(connection, ALL).names);
        }
    }

    /** The total of a bulk read may be the sum over the CPUs, but never over half of them. */
    @Test
    void aTotalIsReadFromItsOwnFileWhereTheTimesPerCpuCannotBeRead() {
        threeGuests();
        host.write(V1 + SCOPE + "/vcpu1/cpuacct.usage_percpu", "1 x\n");
        try (Connection connection = open()) {
            Recorded recorded = read(connection, ALL);
            assertTrue(recorded.of("web", Statistic.HOST_CPU_TIME).get(0).contains("vcpu1/cpuacct.usage_percpu: "));
            assertEquals(List.of("cpu.time[0]=900"), recorded.of("web", Statistic.CPU_TIME));
            host.write(V1 + SCOPE + "/cpuacct.usage_percpu", "500 x\n");
            assertEquals(List.of("cpu.time[0]=900"), read(connection, ALL).of("web", Statistic.CPU_TIME));
        }
    }

    @Test
    void oneMalformedFileMakesItsStatisticUnavailableAndHarmsNothingElse() {
        threeGuests();
        host.write(V1 + SCOPE + "/cpuacct.stat", "9x0\n");
        try (Connection connection = open()) {
            for (int round = 0; round < 3; round++) {
                Recorded recorded = read(connection, ALL);
                assertEquals(List.of("a", "web", "z"), recorded.names);
                assertTrue(recorded.of("web", Statistic.CPU_TIME).get(0).contains("cpuacct.stat: "));
                assertEquals(List.of("vcpu.time[0]=100", "vcpu.time[1]=200"), recorded.of("web", Statistic.VCPU_TIME));
                assertEquals(
                        List.of("host_cpu.cpu_time[0]=500", "host_cpu.cpu_time[1]=400"),
                        recorded.of("web", Statistic.HOST_CPU_TIME));
                assertEquals(List.of("cpu.time[0]=5000"), recorded.of("z", Statistic.CPU_TIME));
            }
            host.write(V1 + SCOPE + "/cpuacct.stat", "user 3\nsystem 4\n");
            assertEquals(List.of("cpu.time[0]=900"), read(connection, ALL).of("web", Statistic.CPU_TIME));
        }
    }

    @Test
    void aMalformedFileOfOneVcpuIsNoWrongNumberOfAnother() {
        threeGuests();
        host.thread(4242, 4251, "CPU 1/KVM", "x");
        try (Connection connection = open()) {
            Recorded recorded = read(connection, ALL);
            assertTrue(recorded.of("web", Statistic.VCPU_TIME).get(0).contains("task/4251/schedstat"));
            assertEquals(List.of("cpu.time[0]=900"), recorded.of("web", Statistic.CPU_TIME));
        }
    }

    @Test
    void aVisitorThatReadsInTheMiddleSpoilsNoNumber() {
        threeGuests();
        try (Connection connection = open()) {
            Recorded undisturbed = read(connection, ALL);
            Recorded recorded = new Recorded();
            connection.getAllDomainStats(ALL, new Meddler(connection, recorded), 0);
            assertEquals(undisturbed.lines, recorded.lines);
            assertEquals(undisturbed.lines, read(connection, ALL).lines);
        }
    }

    @Test
    void aVisitorThatThrowsSpoilsNoLaterRead() {
        threeGuests();
        try (Connection connection = open()) {
            Recorded undisturbed = read(connection, ALL);
            DomainStatsVisitor thrower = new Meddler(connection, undisturbed) {
                @Override
                void meddle() {
                    throw new IllegalStateException("enough");
                }
            };
            assertFails(dev.vireo.ErrorCode.INTERNAL_ERROR, () -> connection.getAllDomainStats(ALL, thrower, 0));
            assertFalse(read(connection, ALL).lines.isEmpty());
        }
    }

    /** Hands on what it is told, and reads everything else each time. */
    private static class Meddler implements DomainStatsVisitor {
        private final Connection connection;
        private final Recorded out;
        private final TypedParameters params = TypedParameters.allocate(4);
        private final VcpuTimes vcpus = VcpuTimes.allocate(4);

        Meddler(Connection connection, Recorded out) {
            this.connection = connection;
            this.out = out;
        }

        void meddle() {
            connection.getAllDomainStats(ALL, new Recorded(), 0);
            Domain other = connection.getDomainByName("z");
            other.getCpuStats(params, 1, 0, 2, 0);
            other.getCpuStats(params, 3, -1, 1, 0);
            connection.getDomainByName("web").getVcpus(vcpus);
        }

        @Override
        public void domain(DomainRef domain, DomainState state) {
            meddle();
            out.domain(domain, state);
        }

        @Override
        public void value(Statistic statistic, int index, long value) {
            meddle();
            out.value(statistic, index, value);
        }

        @Override
        public void unavailable(Statistic statistic, int index, String reason) {
            meddle();
            out.unavailable(statistic, index, reason);
        }
    }
}
