package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.Drivers;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Reading;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which guests are found, who they are, and which control group is theirs. */
class FindingGuestsTest extends HostTreeTests {
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
}
