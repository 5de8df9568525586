package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Reading;
import dev.vireo.TypedParameters;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read of a guest that was found. */
class ReadingGuestsTest extends HostTreeTests {
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
    void aGroupThatIsGoneWhileTheGuestRunsIsSaidSo() {
        libvirtGuestOnV1();
        host.qemu(90, 1, "5:cpu,cpuacct:/machine/qemu-9-lost.libvirt-qemu/emulator\n", "qemu", "-name", "lost");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("lost");
            HypervisorException error =
                    assertFails(ErrorCode.SYSTEM_ERROR, () -> domain.getCpuStats(null, 0, -1, 1, 0));
            assertTrue(error.getMessage().contains("was it moved this moment?"), error.getMessage());
        }
    }

    @Test
    void readingInTheSteadyStateAllocatesNothing() {
        libvirtGuestOnV1();
        try (Connection connection = open(() -> 0)) {
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
