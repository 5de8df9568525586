package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a control group is a guest's own, what then is read, and what the origin says of it. */
class OwnOrSharedTest extends HostTreeTests {
    private static final Reading OF_THE_PROCESS = Reading.of(3_200_000_000L);
    private static final String V1 = "sys/fs/cgroup/cpu,cpuacct";
    private static final String POD = "/kubepods/burstable/pod0f6a1a3c-8d4e-4b2f-9a51-2f7f3f0c9d11/2b0c8f";

    private HostTree guestIn(String group, String... members) {
        host.mountV1()
                .qemu(60, 5, "5:cpu,cpuacct:" + group + "\n", "kvm", "-name", "a")
                .v1Group(group, "42", "0", "0", "40 2");
        return host.write(V1 + group + "/cgroup.procs", String.join("\n", members) + "\n");
    }

    private static CpuStats.Total total(Connection connection) {
        return connection.getDomainByName("a").cpuStats().total();
    }

    private void assertOwn() {
        try (Connection connection = open()) {
            assertEquals(Reading.of(42), total(connection).cpuTimeNanos());
        }
    }

    private void assertShared() {
        try (Connection connection = open()) {
            CpuStats.Total total = total(connection);
            assertEquals(OF_THE_PROCESS, total.cpuTimeNanos());
            assertEquals("/proc/PID/stat", total.origin().orElseThrow().source());
        }
    }

    @Test
    void twoGuestsInOneManagedGroupBothShareIt() {
        guestIn("/qemu.slice/100.scope", "60", "61");
        host.qemu(61, 6, "5:cpu,cpuacct:/qemu.slice/100.scope\n", "kvm", "-name", "b");
        assertShared();
        try (Connection connection = open()) {
            CpuStats stats = connection.getDomainByName("b").cpuStats();
            assertEquals(OF_THE_PROCESS, stats.total().cpuTimeNanos());
            assertTrue(String.valueOf(stats.hostCpus().unavailable()).contains("also holds another guest"));
        }
    }

    @Test
    void theOneThatIsLeftHasTheGroupForItself() {
        guestIn("/qemu.slice/100.scope", "60", "61");
        host.qemu(61, 6, "5:cpu,cpuacct:/qemu.slice/100.scope\n", "kvm", "-name", "b");
        try (Connection connection = open()) {
            assertEquals(OF_THE_PROCESS, total(connection).cpuTimeNanos());
            host.end(61);
            assertEquals(Reading.of(42), total(connection).cpuTimeNanos());
        }
    }

    @Test
    void aManagersGroupIsTheGuestsWhateverElseIsInIt() {
        guestIn("/qemu.slice/100.scope", "60", "62");
        host.process(62, 1, "swtpm", 6, "5:cpu,cpuacct:/qemu.slice/100.scope\n");
        assertOwn();
    }

    @Test
    void aPodWithVirtLauncherIsTheGuests() {
        guestIn(POD, "60", "62", "63");
        host.process(62, 1, "virt-launcher", 6, "5:cpu,cpuacct:" + POD + "\n")
                .process(63, 62, "virtqemud", 7, "5:cpu,cpuacct:" + POD + "\n");
        try (Connection connection = open()) {
            CpuStats.Total total = total(connection);
            assertEquals(Reading.of(42), total.cpuTimeNanos());
            assertTrue(total.origin().orElseThrow().notes().get("counted").contains("virt-launcher"));
        }
    }

    @Test
    void aPodWithoutVirtLauncherIsSharedWithWhoeverIsInIt() {
        guestIn(POD, "60", "62");
        host.process(62, 1, "bash", 6, "5:cpu,cpuacct:" + POD + "\n");
        assertShared();
    }

    @Test
    void aPodOfTheGuestAloneIsItsOwn() {
        guestIn(POD, "60");
        assertOwn();
    }

    @Test
    void aMachinesScopeIsTheGuestsIfVmspawnIsInIt() {
        guestIn("/machine.slice/machine-a.scope", "60", "62");
        host.process(62, 1, "systemd-vmspawn", 6, "5:cpu,cpuacct:/machine.slice/machine-a.scope\n");
        assertOwn();
    }

    @Test
    void aMachinesScopeWithoutVmspawnIsSharedWithWhoeverIsInIt() {
        guestIn("/machine.slice/machine-a.scope", "60", "62");
        host.process(62, 1, "systemd-nspawn", 6, "5:cpu,cpuacct:/machine.slice/machine-a.scope\n");
        assertShared();
    }

    @Test
    void aProcessThatIsHiddenFromUsIsAnotherOne() {
        guestIn("/vm.service", "60", "99");
        assertShared();
    }

    @Test
    void aGroupBelowWithAnotherProcessMakesItShared() {
        guestIn("/vm.service", "60");
        host.write(V1 + "/vm.service/sub/cgroup.procs", "62\n")
                .process(62, 1, "bash", 6, "5:cpu,cpuacct:/vm.service/sub\n");
        assertShared();
    }

    @Test
    void descendantsOfTheGuestAreItsOwnTimeWhereverTheyAreBelow() {
        guestIn("/vm.service", "60", "61");
        host.process(61, 60, "sh", 6, "5:cpu,cpuacct:/vm.service\n")
                .process(62, 61, "swtpm", 7, "5:cpu,cpuacct:/vm.service/sub\n")
                .write(V1 + "/vm.service/sub/cgroup.procs", "62\n");
        assertOwn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x\n", "60\nx\n"})
    void aListOfMembersThatIsNoneIsNoProofThatTheGuestIsAlone(String members) {
        guestIn("/vm.service", "60").write(V1 + "/vm.service/cgroup.procs", members);
        if (members.isEmpty()) {
            host.delete(V1 + "/vm.service/cgroup.procs");
        }
        assertShared();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../x", "/..", "/"})
    void aPathOutsideOfWhatIsShownIsReadFromNoGroup(String path) {
        guestIn("/vm.service", "60").write("proc/60/cgroup", "5:cpu,cpuacct:" + path + "\n");
        host.v1Group("/x", "1", "1", "1", "1 0").write("sys/fs/cgroup/x/cpuacct.usage", "1\n");
        assertShared();
    }

    @Test
    void aGroupWhoseNameHoldsALineEndOfOtherSystemsIsNotTakenForAnother() {
        guestIn("/vm").write(V1 + "/vm/cgroup.procs", "").write("proc/60/cgroup", "5:cpu,cpuacct:/vm\rother\n");
        assertShared();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.4.0", "6.8.0-31-generic", "7.0", "10.2.3"})
    void sinceLinux64VhostWorkersBelongToTheProcess(String release) {
        guestIn("/shell", "60", "99").write("proc/sys/kernel/osrelease", release + "\n");
        try (Connection connection = open()) {
            CpuStatsOrigin origin = total(connection).origin().orElseThrow();
            assertTrue(
                    origin.notes().get("counted").contains("vhost"),
                    origin.notes().toString());
            assertFalse(
                    origin.notes().get("not counted").contains("vhost"),
                    origin.notes().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1.0-18-amd64", "5.15.0", "6.3.99", "4.18", "", "x", "6"})
    void beforeOrIfNobodyKnowsTheyDoNot(String release) {
        guestIn("/shell", "60", "99").write("proc/sys/kernel/osrelease", release + "\n");
        try (Connection connection = open()) {
            CpuStatsOrigin origin = total(connection).origin().orElseThrow();
            assertFalse(
                    origin.notes().get("counted").contains("vhost"),
                    origin.notes().toString());
            assertTrue(
                    origin.notes().get("not counted").contains("vhost"),
                    origin.notes().toString());
        }
    }

    @Test
    void inAGroupOfItsOwnVhostWorkersAndHelpersCountWhateverTheKernel() {
        guestIn("/vm.service", "60").write("proc/sys/kernel/osrelease", "5.15.0\n");
        try (Connection connection = open()) {
            CpuStatsOrigin origin = total(connection).origin().orElseThrow();
            assertTrue(origin.notes().get("counted").contains("vhost workers and helpers such as swtpm"));
            assertTrue(origin.notes().get("not counted").contains("kvm-pit"));
            assertEquals(CpuStatsOrigin.Since.DOMAIN_START, origin.since());
            assertEquals(0, origin.generation());
        }
    }

    @Test
    void aProcessCountsSinceItsStartWhateverGroupItWasMovedTo() {
        guestIn("/vm.service", "60");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("a");
            domain.cpuStats();
            host.write("proc/60/cgroup", "5:cpu,cpuacct:/\n");
            assertEquals(domain, connection.getDomainByName("a"));
            CpuStatsOrigin origin = domain.cpuStats().total().origin().orElseThrow();
            assertEquals(CpuStatsOrigin.Since.DOMAIN_START, origin.since());
            assertEquals(1, origin.generation());
        }
    }

    @Test
    void aGuestThatComesIntoAnotherGroupCountsThereSinceItCame() {
        guestIn("/vm.service", "60");
        host.v1Group("/qemu.slice/1.scope", "7", "0", "0", "7 0");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("a");
            domain.cpuStats();
            host.write("proc/60/cgroup", "5:cpu,cpuacct:/qemu.slice/1.scope\n");
            connection.listDomains();
            CpuStats stats = domain.cpuStats();
            assertEquals(Reading.of(7), stats.total().cpuTimeNanos());
            for (CpuStatsOrigin origin : java.util.List.of(
                    stats.total().origin().orElseThrow(),
                    stats.hostCpus().origin().orElseThrow())) {
                assertEquals(CpuStatsOrigin.Since.GROUP_ENTERED, origin.since());
                assertEquals(1, origin.generation());
            }
        }
    }

    @Test
    void aVcpuThatIsUnpluggedIsANewGenerationOfTimesPerCpu() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            domain.cpuStats();
            String group = V1 + SCOPE + "/vcpu1";
            host.write(group + "/cpuacct.usage_percpu", "").delete(group);
            CpuStats.HostCpus hostCpus = domain.cpuStats().hostCpus();
            assertEquals(Reading.of(300), hostCpus.cpus().get(0).vcpuTimeNanos());
            assertEquals(1, hostCpus.origin().orElseThrow().generation());
        }
    }

    @Test
    void aGuestThatAnotherGuestHasStartedIsNoPartOfIt() {
        guestIn("/vm", "60", "61");
        host.process(61, 60, "kvm", 6, "5:cpu,cpuacct:/vm\n", "kvm", "-name", "b");
        assertShared();
    }

    @Test
    void aGroupWithMoreGroupsBelowItThanAGuestHasIsNotLookedThrough() {
        guestIn("/vm", "60");
        for (int i = 0; i < 300; i++) {
            host.write(V1 + "/vm/" + i + "/cgroup.procs", "");
        }
        assertShared();
    }

    @Test
    void aGroupThatDoesNotHoldAllThreadsOfTheGuestIsNotAllOfIt() {
        guestIn("/vm", "60");
        host.write(V1 + "/vm/tasks", "60\n")
                .write("proc/60/task/60/comm", "kvm\n")
                .write("proc/60/task/61/comm", "x\n");
        assertShared();
        host.write(V1 + "/vm/tasks", "60\n61\n");
        assertOwn();
    }

    @Test
    void aThreadedGroupIsReadAtTheDomainAboveIt() {
        host.mountV2()
                .qemu(60, 5, "0::/vm/threads/main\n", "kvm", "-name", "a")
                .v2Group("/vm/threads/main", "usage_usec 1\nuser_usec 0\nsystem_usec 1\n")
                .v2Group("/vm", "usage_usec 42\nuser_usec 40\nsystem_usec 2\n")
                .write("sys/fs/cgroup/unified/vm/cgroup.type", "domain threaded\n")
                .write("sys/fs/cgroup/unified/vm/cgroup.procs", "60\n")
                .write("sys/fs/cgroup/unified/vm/threads/cgroup.type", "threaded\n")
                .write("sys/fs/cgroup/unified/vm/threads/main/cgroup.type", "threaded\n");
        try (Connection connection = open()) {
            assertEquals(Reading.of(42_000), total(connection).cpuTimeNanos());
        }
    }

    /** A user may call the groups that he was handed what he likes. */
    @Test
    void theNameOfAUsersGroupGivesNoIdOfLibvirts() throws IOException {
        Path group = host.path(V1 + "/machine/qemu-3-a.libvirt-qemu");
        guestIn("/machine/qemu-3-a.libvirt-qemu", "60");
        try (Connection connection = open()) {
            assertEquals(3, connection.getDomainByName("a").id());
        }
        Assumptions.assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(group, "unix:uid")),
                "NOT TESTED: only root can give a directory to somebody else");
        Files.setAttribute(group, "unix:uid", 1000);
        try (Connection connection = open()) {
            assertEquals(60, connection.getDomainByName("a").id());
            assertEquals(Reading.of(42), total(connection).cpuTimeNanos(), "what is in it is his all the same");
        }
    }
}
