package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.Drivers;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Reading;
import dev.vireo.TypedParameters;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The whole driver over a directory that looks like a host. */
class QemuCgroupDriverTest {
    private static final String UUID_TEXT = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
    private static final String SCOPE = "/machine.slice/machine-qemu\\x2d3\\x2dweb.scope/libvirt";

    @TempDir
    private Path directory;

    private HostTree host;

    @BeforeEach
    void makeHost() {
        host = new HostTree(directory);
    }

    private Connection open() {
        return Drivers.none().with(new QemuCgroupDriver()).open(host.uri());
    }

    private static HypervisorException assertFails(ErrorCode code, Executable action) {
        HypervisorException error = assertThrows(HypervisorException.class, action);
        assertEquals(code, error.code(), error.getMessage());
        return error;
    }

    private void libvirtGuestOnV1() {
        host.mountV1()
                .qemu(
                        4242,
                        777,
                        "5:cpu,cpuacct:" + SCOPE + "/emulator\n0::/\n",
                        "/usr/bin/qemu-system-x86_64",
                        "-name",
                        "guest=web,debug-threads=on",
                        "-uuid",
                        UUID_TEXT)
                .v1Group(SCOPE, "900", "3", "4", "500 400")
                .v1Group(SCOPE + "/emulator", "200", "1", "1", "100 100")
                .v1Group(SCOPE + "/vcpu0", "400", "1", "1", "300 100")
                .v1Group(SCOPE + "/vcpu1", "300", "1", "1", "100 200");
    }

    @Test
    void aLibvirtGuestIsFoundByNameUuidAndLibvirtsId() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            assertEquals(3, domain.id());
            assertEquals(UUID.fromString(UUID_TEXT), domain.uuid());
            assertEquals(domain, connection.getDomainById(3));
            assertEquals(domain, connection.getDomainByUuid(domain.uuid()));
        }
    }

    @Test
    void theTotalOnV1IsInNanosecondsWithTicksConverted() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            CpuStats.Total total = connection.getDomainByName("web").cpuStats().total();
            assertEquals(Reading.of(900), total.cpuTimeNanos());
            assertEquals(Reading.of(30_000_000), total.userTimeNanos());
            assertEquals(Reading.of(40_000_000), total.systemTimeNanos());
        }
    }

    @Test
    void timesPerCpuOnV1AreTheGroupsAndTheSumOfItsVcpus() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            assertEquals(
                    List.of(
                            new CpuStats.HostCpu(0, Reading.of(500), Reading.of(400)),
                            new CpuStats.HostCpu(1, Reading.of(400), Reading.of(300))),
                    connection.getDomainByName("web").cpuStats().hostCpus().cpus());
        }
    }

    @Test
    void theTypicalSequenceForTotals() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            int nparams = domain.getCpuStats(null, 0, -1, 1, 0);
            TypedParameters params = TypedParameters.allocate(nparams);
            assertEquals(nparams, domain.getCpuStats(params, nparams, -1, 1, 0));
            assertEquals("[cpu_time=900, user_time=30000000, system_time=40000000]", params.toString());
        }
    }

    @Test
    void theTypicalSequenceForTimesPerCpu() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            int ids = domain.getCpuStats(null, 0, 0, 0, 0);
            int nparams = domain.getCpuStats(null, 0, 0, 1, 0);
            TypedParameters params = TypedParameters.allocate(ids * nparams);
            assertEquals(2, domain.getCpuStats(params, nparams, 0, ids, 0));
            assertEquals("[cpu_time=500, vcpu_time=400, cpu_time=400, vcpu_time=300]", params.toString());
        }
    }

    @Test
    void fewerParametersAreTheFirstOnesAndMoreCpusLeaveATail() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            TypedParameters params = TypedParameters.allocate(4);
            assertEquals(1, domain.getCpuStats(params, 1, 1, 4, 0));
            assertEquals("[cpu_time=400, -, -, -]", params.toString());
            assertEquals(1, domain.getCpuStats(params, 1, -1, 1, 0));
            assertEquals("[cpu_time=900, -, -, -]", params.toString());
        }
    }

    @Test
    void aStartCpuPastTheLastIsRefusedOnlyWhenThereIsSomethingToFill() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            HypervisorException error = assertFails(
                    ErrorCode.INVALID_ARG, () -> domain.getCpuStats(TypedParameters.allocate(1), 1, 2, 1, 0));
            assertTrue(error.getMessage().contains("start_cpu 2 larger than maximum of 1"), error.getMessage());
            assertEquals(2, domain.getCpuStats(null, 0, 99, 0, 0));
        }
    }

    @Test
    void numbersBelongToPossibleCpusAndAbsentOnesStayUnset() {
        libvirtGuestOnV1();
        host.cpus("0-5", "1,4", "4")
                .v1Group(SCOPE, "900", "3", "4", "0 11 0 0 44 0")
                .v1Group(SCOPE + "/vcpu0", "1", "1", "1", "0 1 0 0 4 0")
                .v1Group(SCOPE + "/vcpu1", "1", "1", "1", "0 2 0 0 5 0");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            assertEquals(5, domain.getCpuStats(null, 0, 0, 0, 0));
            TypedParameters params = TypedParameters.allocate(10);
            domain.getCpuStats(params, 2, 0, 5, 0);
            assertEquals("[-, -, cpu_time=11, vcpu_time=3, -, -, -, -, cpu_time=44, vcpu_time=9]", params.toString());
            assertEquals(2, connection.getNodeCpuMap().presentCount());
            assertEquals(1, connection.getNodeCpuMap().onlineCount());
        }
    }

    @Test
    void withoutGroupsOfItsVcpusAGuestHasNoVcpuTimeAndSaysWhy() {
        libvirtGuestOnV1();
        host.qemu(50, 1, "5:cpu,cpuacct:/machine/qemu-7-old.libvirt-qemu/emulator\n", "qemu", "-name", "old")
                .v1Group("/machine/qemu-7-old.libvirt-qemu", "5", "0", "0", "2 3");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainById(7);
            assertEquals("old", domain.name());
            assertEquals(1, domain.getCpuStats(null, 0, 0, 1, 0));
            CpuStats.HostCpu cpu = domain.cpuStats().hostCpus().cpus().get(0);
            assertEquals(Reading.of(2), cpu.cpuTimeNanos());
            assertTrue(cpu.vcpuTimeNanos().reason().orElseThrow().contains("no control groups of their own"));
        }
    }

    @Test
    void countersAreUnsignedUpToTheirLastBit() {
        libvirtGuestOnV1();
        host.v1Group(SCOPE, "18446744073709551615", "3", "4", "9223372036854775808 0");
        try (Connection connection = open()) {
            CpuStats stats = connection.getDomainByName("web").cpuStats();
            assertEquals("18446744073709551615", stats.total().cpuTimeNanos().toString());
            assertEquals(
                    "9223372036854775808",
                    stats.hostCpus().cpus().get(0).cpuTimeNanos().toString());
        }
    }

    @Test
    void aNumberTooLargeOrGarbageIsAnErrorThatNamesTheFileAndNeverAWrongNumber() {
        libvirtGuestOnV1();
        for (String wrong : List.of("18446744073709551616", "99999999999999999999999", "12x", "-1", "", "1.5")) {
            host.write("sys/fs/cgroup/cpu,cpuacct" + SCOPE + "/cpuacct.usage", wrong + "\n");
            try (Connection connection = open()) {
                Domain domain = connection.getDomainByName("web");
                HypervisorException error = assertFails(
                        ErrorCode.SYSTEM_ERROR, () -> domain.getCpuStats(TypedParameters.allocate(1), 1, -1, 1, 0));
                assertTrue(error.getMessage().contains("cpuacct.usage: "), error.getMessage());
                assertTrue(error.getMessage().contains("'web'"), error.getMessage());
            }
        }
    }

    @Test
    void moreOrFewerNumbersThanPossibleCpusAreAnError() {
        libvirtGuestOnV1();
        for (String wrong : List.of("1", "1 2 3")) {
            host.v1Group(SCOPE, "900", "3", "4", wrong);
            try (Connection connection = open()) {
                Domain domain = connection.getDomainByName("web");
                assertFails(ErrorCode.SYSTEM_ERROR, () -> domain.getCpuStats(TypedParameters.allocate(2), 1, 0, 2, 0));
            }
        }
    }

    @Test
    void onV2TheTotalWorksAndTimesPerCpuSayWhyNot() {
        host.mountV2()
                .qemu(4242, 777, "0::" + SCOPE + "/emulator\n", "qemu", "-name", "guest=web", "-uuid", UUID_TEXT)
                .v2Group(SCOPE, "new_key 1\nusage_usec 1234567\nuser_usec 1000000\nsystem_usec 234567\nnr 0\n");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainById(3);
            CpuStats stats = domain.cpuStats();
            assertEquals(Reading.of(1_234_567_000L), stats.total().cpuTimeNanos());
            assertEquals(Reading.of(1_000_000_000L), stats.total().userTimeNanos());
            assertEquals(Reading.of(234_567_000L), stats.total().systemTimeNanos());
            assertFalse(stats.hostCpus().isAvailable());
            HypervisorException error = assertFails(
                    ErrorCode.OPERATION_UNSUPPORTED, () -> domain.getCpuStats(TypedParameters.allocate(1), 1, 0, 1, 0));
            assertTrue(error.getMessage().contains("cgroup v2 has no file"), error.getMessage());
        }
    }

    @Test
    void aPlainGuestAloneInItsGroupIsReadFromThere() {
        host.mountV1()
                .qemu(60, 5, "5:cpu,cpuacct:/vm.service\n", "kvm", "-nodefaults")
                .process(61, 60, "helper", 6, "5:cpu,cpuacct:/vm.service\n")
                .v1Group("/vm.service", "5", "0", "0", "2 3")
                .write("sys/fs/cgroup/cpu,cpuacct/vm.service/cgroup.procs", "60\n61\n");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("qemu-60");
            assertEquals(60, domain.id());
            assertEquals(3, domain.uuid().version(), "a name-based uuid");
            assertEquals(domain.uuid(), connection.getDomainById(60).uuid());
            assertEquals(Reading.of(5), domain.cpuStats().total().cpuTimeNanos());
        }
    }

    @Test
    void aGuestThatSharesItsGroupIsReadFromItsProcess() {
        host.mountV1()
                .qemu(60, 5, "5:cpu,cpuacct:/shell.scope\n", "kvm", "-name", "plain")
                .process(62, 1, "spinner", 6, "5:cpu,cpuacct:/shell.scope\n")
                .v1Group("/shell.scope", "999999", "0", "0", "2 3")
                .write("sys/fs/cgroup/cpu,cpuacct/shell.scope/cgroup.procs", "60\n62\n");
        try (Connection connection = open()) {
            CpuStats stats = connection.getDomainByName("plain").cpuStats();
            assertEquals(Reading.of(3_200_000_000L), stats.total().cpuTimeNanos());
            assertTrue(String.valueOf(stats.hostCpus().unavailable()).contains("shell.scope"));
        }
    }

    @Test
    void onAHybridHostTheHierarchyIsReadWhereTheGroupIsTheGuestsOwn() {
        host.mountV1()
                .mountV2()
                .qemu(60, 5, "5:cpu,cpuacct:/\n0::/vm.scope\n", "kvm", "-name", "plain")
                .v2Group("/vm.scope", "usage_usec 7\nuser_usec 1\nsystem_usec 6\n")
                .write("sys/fs/cgroup/unified/vm.scope/cgroup.procs", "60\n");
        try (Connection connection = open()) {
            CpuStats.Total total =
                    connection.getDomainByName("plain").cpuStats().total();
            assertEquals(Reading.of(7_000), total.cpuTimeNanos());
            assertEquals("cpu.stat", total.origin().orElseThrow().source());
        }
    }

    @Test
    void aGuestThatHasEndedIsNoDomainAlsoWhenItsGroupIsStillThere() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            host.end(4242);
            HypervisorException error = assertFails(ErrorCode.NO_DOMAIN, () -> domain.getCpuStats(null, 0, -1, 1, 0));
            assertTrue(error.getMessage().contains("'web'"), error.getMessage());
            assertTrue(connection.listDomains().isEmpty());
        }
    }

    @Test
    void aZombieHasEnded() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            host.write("proc/4242/statm", "0 0 0 0 0 0 0\n");
            assertFails(ErrorCode.NO_DOMAIN, () -> domain.getCpuStats(null, 0, -1, 1, 0));
        }
    }

    @Test
    void anotherRunOfTheSameNameIsAnotherDomain() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain first = connection.getDomainByName("web");
            host.write("proc/4242/statm", "0 0 0 0 0 0 0\n");
            assertFails(ErrorCode.NO_DOMAIN, () -> first.getCpuStats(null, 0, -1, 1, 0));
            host.end(4242);
            libvirtGuestOnV1();
            host.qemu(4242, 778, "5:cpu,cpuacct:" + SCOPE + "/emulator\n", "qemu", "-name", "web");
            Domain second = connection.getDomainByName("web");
            assertEquals(3, second.getCpuStats(null, 0, -1, 1, 0));
            assertFails(ErrorCode.NO_DOMAIN, () -> first.getCpuStats(null, 0, -1, 1, 0));
        }
    }

    @Test
    void aPidThatIsUsedAgainBeforeTheFirstReadIsNotTakenForTheGuest() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            host.end(4242).process(4242, 1, "bash", 999, "0::/\n", "bash");
            assertFails(ErrorCode.NO_DOMAIN, () -> domain.getCpuStats(null, 0, -1, 1, 0));
        }
    }

    @Test
    void aGuestThatIsMovedIntoItsGroupAfterItWasFoundIsReadFromThereInANewGeneration() {
        libvirtGuestOnV1();
        String before = "5:cpu,cpuacct:/\n0::/\n";
        host.qemu(95, 8, before, "qemu", "-name", "late")
                .v1Group("/machine/qemu-5-late.libvirt-qemu", "77", "0", "0", "70 7");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("late");
            assertEquals(
                    "/proc/PID/stat",
                    domain.cpuStats().total().origin().orElseThrow().source());
            host.write("proc/95/cgroup", "5:cpu,cpuacct:/machine/qemu-5-late.libvirt-qemu/emulator\n0::/\n");
            assertEquals(domain, connection.getDomainByName("late"));
            CpuStats.Total total = domain.cpuStats().total();
            assertEquals(Reading.of(77), total.cpuTimeNanos());
            assertEquals(1, total.origin().orElseThrow().generation());
        }
    }

    @Test
    void aGuestIsReadFromItsProcessOnceOthersJoinItsGroup() {
        host.mountV1()
                .qemu(60, 5, "5:cpu,cpuacct:/vm.service\n", "kvm", "-name", "plain")
                .v1Group("/vm.service", "5", "0", "0", "2 3")
                .write("sys/fs/cgroup/cpu,cpuacct/vm.service/cgroup.procs", "60\n");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("plain");
            assertEquals(Reading.of(5), domain.cpuStats().total().cpuTimeNanos());
            host.process(63, 1, "spinner", 6, "5:cpu,cpuacct:/vm.service\n")
                    .write("sys/fs/cgroup/cpu,cpuacct/vm.service/cgroup.procs", "60\n63\n");
            assertEquals(domain, connection.getDomainByName("plain"));
            CpuStats.Total total = domain.cpuStats().total();
            assertEquals(Reading.of(3_200_000_000L), total.cpuTimeNanos());
            assertEquals(1, total.origin().orElseThrow().generation());
        }
    }

    @Test
    void aProcessThatMayNotBeSeenKeepsAGroupFromBeingTheGuestsOwn() {
        host.mountV1()
                .qemu(60, 5, "5:cpu,cpuacct:/vm.service\n", "kvm", "-name", "plain")
                .write("proc/64/stat", "") // there, and says nothing
                .v1Group("/vm.service", "5", "0", "0", "2 3")
                .write("sys/fs/cgroup/cpu,cpuacct/vm.service/cgroup.procs", "60\n64\n");
        try (Connection connection = open()) {
            CpuStats.Total total =
                    connection.getDomainByName("plain").cpuStats().total();
            assertEquals("/proc/PID/stat", total.origin().orElseThrow().source());
        }
    }

    @Test
    void aVcpuThatIsPluggedIsSummedUpInANewGeneration() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            long before = domain.cpuStats().hostCpus().origin().orElseThrow().generation();
            host.v1Group(SCOPE + "/vcpu2", "100", "0", "0", "50 50");
            CpuStats.HostCpus hostCpus = domain.cpuStats().hostCpus();
            assertEquals(Reading.of(450), hostCpus.cpus().get(0).vcpuTimeNanos());
            assertEquals(before + 1, hostCpus.origin().orElseThrow().generation());
        }
    }

    @Test
    void aChildOfQemuWithItsCommandLineIsNoSecondGuest() {
        libvirtGuestOnV1();
        host.process(
                4243,
                4242,
                "qemu-system-x86",
                778,
                "5:cpu,cpuacct:" + SCOPE + "/emulator\n0::/\n",
                "/usr/bin/qemu-system-x86_64",
                "-name",
                "guest=web,debug-threads=on",
                "-uuid",
                UUID_TEXT);
        try (Connection connection = open()) {
            assertEquals(1, connection.listDomains().size());
        }
    }

    @Test
    void libvirtsIdIsTakenUpWhenTheGuestComesIntoItsGroupLater() {
        host.mountV1()
                .qemu(96, 8, "5:cpu,cpuacct:/\n", "qemu", "-name", "late")
                .v1Group("/machine/qemu-5-late.libvirt-qemu", "77", "0", "0", "70 7");
        try (Connection connection = open()) {
            assertEquals(96, connection.getDomainByName("late").id());
            host.write("proc/96/cgroup", "5:cpu,cpuacct:/machine/qemu-5-late.libvirt-qemu/emulator\n");
            Domain domain = connection.getDomainById(5);
            assertEquals("late", domain.name());
            assertEquals(
                    CpuStatsOrigin.Since.GROUP_ENTERED,
                    domain.cpuStats().total().origin().orElseThrow().since());
        }
    }

    @Test
    void aGuestThatHasEndedIsSaidBeforeACpuThatIsNotThere() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            host.end(4242);
            assertFails(ErrorCode.NO_DOMAIN, () -> domain.getCpuStats(TypedParameters.allocate(1), 1, 999, 1, 0));
        }
    }

    @Test
    void aCpuThatIsPluggedIsReadWithoutAsking() {
        libvirtGuestOnV1();
        host.cpus("0-2", "0-1", "0-1").v1Group(SCOPE, "900", "3", "4", "500 400 9");
        host.v1Group(SCOPE + "/vcpu0", "1", "1", "1", "1 1 1").v1Group(SCOPE + "/vcpu1", "1", "1", "1", "1 1 1");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            host.cpus("0-2", "0-2", "0-2");
            TypedParameters params = TypedParameters.allocate(1);
            assertEquals(1, domain.getCpuStats(params, 1, 2, 1, 0));
            assertEquals(9, params.unsignedLong(0));
        }
    }

    @Test
    void twoGuestsOfOneUuidAreAnErrorThatListsThem() {
        host.mountV1()
                .qemu(70, 1, "0::/\n", "kvm", "-name", "a", "-uuid", UUID_TEXT)
                .qemu(71, 2, "0::/\n", "kvm", "-name", "b", "-uuid", UUID_TEXT);
        try (Connection connection = open()) {
            HypervisorException error = assertFails(
                    ErrorCode.MULTIPLE_DOMAINS, () -> connection.getDomainByUuid(UUID.fromString(UUID_TEXT)));
            assertTrue(error.getMessage().contains("'a'"), error.getMessage());
            assertTrue(error.getMessage().contains("'b'"), error.getMessage());
        }
    }

    @Test
    void otherProcessesAreNoGuests() {
        host.mountV1()
                .process(80, 1, "bash", 1, "0::/\n", "bash", "-c", "qemu-system-x86_64 -name fake")
                .process(81, 1, "CPU 0/KVM", 1, "0::/\n", "x");
        try (Connection connection = open()) {
            assertTrue(connection.listDomains().isEmpty());
        }
    }

    @Test
    void withoutControlGroupsTheDriverDeclinesAndSaysWhatHelps() {
        HypervisorException error = assertFails(ErrorCode.NO_CONNECT, this::open);
        assertTrue(error.getMessage().contains("mount -t cgroup2"), error.getMessage());
    }

    @Test
    void anUnknownOptionListsTheKnown() {
        HypervisorException error = assertFails(
                ErrorCode.INVALID_ARG,
                () -> Drivers.none().with(new QemuCgroupDriver()).open("qemu+cgroup:///system?sys=/x"));
        assertTrue(error.getMessage().contains("sysfs="), error.getMessage());
        assertTrue(error.getMessage().contains("procfs="), error.getMessage());
    }

    @Test
    void aGroupThatIsGoneWhileTheGuestRunsIsSaidSo() {
        libvirtGuestOnV1();
        host.qemu(90, 1, "5:cpu,cpuacct:/machine/qemu-9-lost.libvirt-qemu/emulator\n", "qemu", "-name", "lost");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("lost");
            HypervisorException error =
                    assertFails(ErrorCode.SYSTEM_ERROR, () -> domain.getCpuStats(null, 0, -1, 1, 0));
            assertTrue(error.getMessage().contains("not in this control group: was it moved?"), error.getMessage());
        }
    }

    @Test
    void readingInTheSteadyStateAllocatesNothing() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            TypedParameters params = TypedParameters.allocate(4);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 20; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 100; i++) {
                    domain.getCpuStats(params, 3, -1, 1, 0);
                    domain.getCpuStats(params, 2, 0, 2, 0);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least);
        }
    }
}
