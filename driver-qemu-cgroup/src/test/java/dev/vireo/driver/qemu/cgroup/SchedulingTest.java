package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuPin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the cpu controller treats a guest, and where its vCPUs may run. */
class SchedulingTest extends HostTreeTests {
    private static final String V2_SCOPE = "sys/fs/cgroup/unified" + SCOPE;

    private void v1(String hierarchy, String group, String shares, String period, String quota, String throttled) {
        String directory = "sys/fs/cgroup/" + hierarchy + group + "/";
        host.write(directory + "cpu.shares", shares + "\n")
                .write(directory + "cpu.cfs_period_us", period + "\n")
                .write(directory + "cpu.cfs_quota_us", quota + "\n")
                .write(
                        directory + "cpu.stat",
                        "nr_periods 10\nnr_throttled 2\nthrottled_time " + throttled + "\nnr_bursts 0\nburst_time 0\n");
    }

    private void v2(String directory, String weight, String max, String throttled) {
        host.write(directory + "/cpu.weight", weight + "\n")
                .write(directory + "/cpu.max", max + "\n")
                .write(
                        directory + "/cpu.stat",
                        "usage_usec 9\nuser_usec 5\nsystem_usec 4\nnr_periods 10\nnr_throttled 2\nthrottled_usec "
                                + throttled + "\n");
    }

    private void v2Guest(String group) {
        host.mountV2()
                .qemu(4242, 777, "0::" + group + "/emulator\n", "/usr/bin/qemu-system-x86_64", "-name", "guest=web")
                .v2Group(group, "usage_usec 9\nuser_usec 5\nsystem_usec 4\n");
    }

    private List<String> parameters() {
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            TypedParameters params = TypedParameters.allocate(Domain.MAX_SCHEDULER_PARAMETERS);
            int filled = domain.getSchedulerParameters(params, params.capacity(), Domain.AFFECT_LIVE);
            assertEquals(filled, domain.getSchedulerParameters(null, 0, Domain.AFFECT_CURRENT));
            List<String> read = new ArrayList<>();
            for (int i = 0; i < filled; i++) {
                read.add(params.name(i) + " " + params.type(i) + " " + params.valueAsString(i));
            }
            return read;
        }
    }

    private HypervisorException refused(ErrorCode code) {
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            return assertFails(code, () -> domain.getSchedulerParameters(null, 0, Domain.AFFECT_LIVE));
        }
    }

    @Test
    void onV1LimitsAreThoseOfTheGroupsOfTheGuestAndItsParts() {
        libvirtGuestOnV1();
        String scope = SCOPE.replace("/libvirt", "");
        v1("cpu,cpuacct", scope, "512", "100000", "-1", "1");
        v1("cpu,cpuacct", SCOPE, "1024", "100000", "150000", "10");
        v1("cpu,cpuacct", SCOPE + "/emulator", "1024", "70000", "-1", "100");
        v1("cpu,cpuacct", SCOPE + "/vcpu0", "1024", "50000", "25000", "1000");
        v1("cpu,cpuacct", SCOPE + "/vcpu1", "1024", "50000", "25000", "10000");
        v1("cpu,cpuacct", SCOPE + "/iothread1", "1024", "60000", "30000", "100000");
        assertEquals(
                List.of(
                        "cpu_shares ULLONG 512",
                        "vcpu_period ULLONG 50000",
                        "vcpu_quota LLONG 25000",
                        "emulator_period ULLONG 70000",
                        "emulator_quota LLONG -1",
                        "global_period ULLONG 100000",
                        "global_quota LLONG 150000",
                        "iothread_period ULLONG 60000",
                        "iothread_quota LLONG 30000",
                        "nr_periods ULLONG 60",
                        "nr_throttled ULLONG 12",
                        "throttled_time ULLONG 111111"),
                parameters());
    }

    @Test
    void theFirstOnesAreFilledWhereFewerAreAskedFor() {
        libvirtGuestOnV1();
        v1("cpu,cpuacct", SCOPE.replace("/libvirt", ""), "512", "100000", "-1", "1");
        v1("cpu,cpuacct", SCOPE, "1024", "100000", "150000", "10");
        try (Connection connection = open()) {
            TypedParameters params = TypedParameters.allocate(2);
            assertEquals(2, connection.getDomainByName("web").getSchedulerParameters(params, 2, Domain.AFFECT_LIVE));
            assertEquals("[cpu_shares=512, global_period=100000]", params.toString());
        }
    }

    @Test
    void theHierarchyOfCpuMayBeAnotherThanThatOfCpuacct() {
        host.mount("33 32 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpuacct\n")
                .mount("34 32 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n")
                .qemu(
                        4242,
                        777,
                        "6:cpu:/machine/qemu-3-web.libvirt-qemu\n5:cpuacct:/machine/qemu-3-web.libvirt-qemu\n",
                        "/usr/bin/qemu-system-x86_64",
                        "-name",
                        "guest=web")
                .v1Group("/machine/qemu-3-web.libvirt-qemu", "900", "3", "4", "500 400");
        v1("cpu", "/machine/qemu-3-web.libvirt-qemu", "77", "100000", "-1", "5");
        v1("cpu", "/machine/qemu-3-web.libvirt-qemu/vcpu0", "1024", "50000", "25000", "6");
        List<String> read = parameters();
        assertEquals("cpu_shares ULLONG 77", read.get(0));
        assertEquals("vcpu_quota LLONG 25000", read.get(2));
        assertEquals("throttled_time ULLONG 11", read.get(read.size() - 1));
    }

    @Test
    void onV2TheWeightStandsAsItIsAndMaxIsNoLimit() {
        v2Guest(SCOPE);
        v2(V2_SCOPE.replace("/libvirt", ""), "250", "max 100000", "0");
        v2(V2_SCOPE, "100", "150000 100000", "3");
        v2(V2_SCOPE + "/vcpu0", "100", "max 100000", "4");
        assertEquals(
                List.of(
                        "cpu_shares ULLONG 250",
                        "vcpu_period ULLONG 100000",
                        "vcpu_quota LLONG -1",
                        "global_period ULLONG 100000",
                        "global_quota LLONG 150000",
                        "nr_periods ULLONG 30",
                        "nr_throttled ULLONG 6",
                        "throttled_time ULLONG 7000"),
                parameters());
    }

    @Test
    void aGroupWithoutTheControllerHasNoParameters() {
        v2Guest(SCOPE);
        HypervisorException refused = refused(ErrorCode.OPERATION_UNSUPPORTED);
        assertTrue(refused.getMessage().contains("the cpu controller is not switched on"), refused::getMessage);
    }

    @Test
    void aKernelWithoutLimitsHasAWeightAlone() {
        libvirtGuestOnV1();
        host.write("sys/fs/cgroup/cpu,cpuacct" + SCOPE.replace("/libvirt", "") + "/cpu.shares", "512\n");
        assertEquals(List.of("cpu_shares ULLONG 512"), parameters());
    }

    @Test
    void aGuestInASharedGroupHasNoneOfItsOwnAndIsToldWhy() {
        host.mountV1()
                .qemu(4242, 777, "5:cpu,cpuacct:/many\n", "/usr/bin/qemu-system-x86_64", "-name", "guest=web")
                .process(4243, 1, "other", 778, "5:cpu,cpuacct:/many\n", "other")
                .v1Group("/many", "900", "3", "4", "500 400")
                .write("sys/fs/cgroup/cpu,cpuacct/many/cgroup.procs", "4242\n4243\n");
        v1("cpu,cpuacct", "/many", "1024", "100000", "-1", "0");
        HypervisorException refused = refused(ErrorCode.OPERATION_UNSUPPORTED);
        assertTrue(refused.getMessage().contains("/many"), refused::getMessage);
    }

    @Test
    void aMalformedFileIsNamed() {
        libvirtGuestOnV1();
        v1("cpu,cpuacct", SCOPE.replace("/libvirt", ""), "512", "100000", "-1", "1");
        v1("cpu,cpuacct", SCOPE, "1024", "100000", "-2", "10");
        HypervisorException refused = refused(ErrorCode.SYSTEM_ERROR);
        assertTrue(refused.getMessage().contains("cpu.cfs_quota_us"), refused::getMessage);
    }

    @Test
    void howItIsConfiguredIsNotTheKernelsToSay() {
        libvirtGuestOnV1();
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            assertFails(
                    ErrorCode.OPERATION_UNSUPPORTED,
                    () -> domain.getSchedulerParameters(null, 0, Domain.AFFECT_CONFIG));
            assertFails(ErrorCode.OPERATION_UNSUPPORTED, () -> domain.getVcpuPinInfo(Domain.AFFECT_CONFIG));
        }
    }

    private void thread(int tid, String name, String allowed) {
        host.thread(4242, tid, name, "1 1 1")
                .write(
                        "proc/4242/task/" + tid + "/status",
                        "Name:\t" + name + "\nCpus_allowed:\tff\nCpus_allowed_list:\t" + allowed + "\n");
    }

    @Test
    void vcpusMayRunWhereTheKernelLetsTheirThreadsAmongTheCpusThatAreThere() {
        libvirtGuestOnV1();
        host.cpus("0-15", "0-1,4", "0-1");
        thread(4242, "qemu-system-x86", "0-15");
        thread(4250, "CPU 1/KVM", "0-15");
        thread(4251, "CPU 0/KVM", "1,4-7");
        try (Connection connection = open()) {
            List<String> pins = connection.getDomainByName("web").getVcpuPinInfo(Domain.AFFECT_LIVE).stream()
                    .map((VcpuPin pin) -> pin.vcpu() + " " + pin.cpus())
                    .toList();
            assertEquals(List.of("0 {1, 4}", "1 {0, 1, 4}"), pins);
        }
    }

    @Test
    void vcpusThatAreNotKnownAreSaidNotToBe() {
        libvirtGuestOnV1();
        host.thread(4242, 4242, "qemu-system-x86", "1 1 1");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            HypervisorException unknown =
                    assertFails(ErrorCode.OPERATION_UNSUPPORTED, () -> domain.getVcpuPinInfo(Domain.AFFECT_LIVE));
            assertTrue(unknown.getMessage().contains("debug-threads=on"), unknown::getMessage);
        }
    }

    @Test
    void aGuestThatHasEndedIsNoDomain() {
        libvirtGuestOnV1();
        v1("cpu,cpuacct", SCOPE, "1024", "100000", "150000", "10");
        thread(4250, "CPU 0/KVM", "0-1");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            host.end(4242);
            assertFails(ErrorCode.NO_DOMAIN, () -> domain.getSchedulerParameters(null, 0, Domain.AFFECT_LIVE));
            assertFails(ErrorCode.NO_DOMAIN, () -> domain.getVcpuPinInfo(Domain.AFFECT_LIVE));
        }
    }
}
