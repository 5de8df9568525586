package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Reading;
import dev.vireo.TypedParameters;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is rare on real hosts, and right all the same: gaps, limits, names, files half written, others' claims. */
class OddHostsTest extends HostTreeTests {
    private static final String OTHER_UUID = "0e4ab7c1-5d0f-4f7e-8a3b-0d1c2b3a4f5e";
    private static final String SYSTEM_STATUS = "proc/1/root/run/libvirt/qemu/";
    private static final String USER_STATUS = "proc/1/root/run/user/1000/libvirt/qemu/run/";

    @Test
    void cpuIdsWithGapsKeepTheirNumbers() {
        ownGuest("web");
        host.cpus("0-159", "8-23,48-159", "8-23,48-159").v1Group("/web.service", "9", "0", "0", numbers(160));
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            assertEquals(160, domain.getCpuStats(null, 0, 0, 0, 0));
            List<CpuStats.HostCpu> cpus = domain.cpuStats().hostCpus().cpus();
            assertEquals(16 + 112, cpus.size());
            assertEquals(List.of(8, 23, 48, 159), ids(cpus, 0, 15, 16, 127));
            // the file's numbers count up from 1000 for id 0
            assertEquals(Reading.of(1008), cpus.get(0).cpuTimeNanos());
            assertEquals(Reading.of(1048), cpus.get(16).cpuTimeNanos());
            assertEquals(Reading.of(1159), cpus.get(127).cpuTimeNanos());
        }
    }

    @Test
    void theTimeOnACpuThatIsOfflineNowIsShown() {
        ownGuest("web");
        host.cpus("0-3", "0-3", "0,2-3").v1Group("/web.service", "100", "0", "0", "10 70 15 5");
        try (Connection connection = open()) {
            List<CpuStats.HostCpu> cpus =
                    connection.getDomainByName("web").cpuStats().hostCpus().cpus();
            assertEquals(List.of(0, 1, 2, 3), ids(cpus, 0, 1, 2, 3));
            assertEquals(Reading.of(70), cpus.get(1).cpuTimeNanos());
            assertEquals(3, connection.getNodeCpuMap().onlineCount());
        }
    }

    @Test
    void aThousandCpusAreRead() {
        ownGuest("web");
        host.cpus("0-1023", "0-1023", "0-1023").v1Group("/web.service", "9", "0", "0", numbers(1024));
        try (Connection connection = open()) {
            List<CpuStats.HostCpu> cpus =
                    connection.getDomainByName("web").cpuStats().hostCpus().cpus();
            assertEquals(1024, cpus.size());
            assertEquals(Reading.of(1000 + 1023), cpus.get(1023).cpuTimeNanos());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "9223372036854775808", "18446744073709551615"})
    void countersAroundTheLargestNumbersAreUnsigned(String nanos) {
        ownGuest("web");
        host.v1Group("/web.service", nanos, "0", "0", nanos + " 0");
        try (Connection connection = open()) {
            CpuStats stats = connection.getDomainByName("web").cpuStats();
            assertEquals(nanos, stats.total().cpuTimeNanos().toString());
            assertEquals(nanos, stats.hostCpus().cpus().get(0).cpuTimeNanos().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                "a, b,,c",
                "\"quoted\" 'twice'",
                "half) a (bracket",
                "web\\x2d1",
                "\uD83D\uDC26 bird",
                "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627",
                "guest=guest=x"
            })
    void aNameOnTheCommandLineIsTakenAsItIs(String name) {
        host.mountV1()
                .qemu(
                        60,
                        5,
                        "5:cpu,cpuacct:/\n",
                        "kvm",
                        "-name",
                        "guest=" + name.replace(",", ",,") + ",debug-threads=on");
        try (Connection connection = open()) {
            assertEquals(name, connection.getDomainByName(name).name());
            assertEquals(60, connection.getDomainByName(name).id());
        }
    }

    @Test
    void aLongNameThatLibvirtCutInTheNameOfTheScopeIsWhole() {
        String name = "a-very-long-name-of-a-guest-that-goes-on-and-on-until-it-is-cut-off-1";
        // qemu-3- and what is valid of the name, up to 64 characters, each dash escaped
        String scope = "/machine.slice/machine-qemu\\x2d3\\x2d"
                + name.substring(0, 57).replace("-", "\\x2d") + ".scope/libvirt";
        host.mountV1()
                .qemu(60, 5, "5:cpu,cpuacct:" + scope + "/emulator\n", "kvm", "-name", "guest=" + name)
                .v1Group(scope, "77", "0", "0", "70 7");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainById(3);
            assertEquals(name, domain.name());
            assertEquals(Reading.of(77), domain.cpuStats().total().cpuTimeNanos());
        }
    }

    @Test
    void aStatusFileNamesTheGuestWhateverItsCommandLineSays() {
        libvirtGuestOnV1();
        host.write(SYSTEM_STATUS + "other.xml", status("rock & <roll> 'n\"", 4, OTHER_UUID, 4242));
        try (Connection connection = open()) {
            Domain domain = connection.listDomains().get(0);
            assertEquals("rock & <roll> 'n\"", domain.name());
            assertEquals(4, domain.id());
            assertEquals(UUID.fromString(OTHER_UUID), domain.uuid());
        }
    }

    @Test
    void aStatusFileHalfWrittenIsPassedOver() {
        String whole = status("other", 4, OTHER_UUID, 4242);
        for (int length :
                new int[] {0, 1, whole.indexOf("pid=") + 8, whole.indexOf("<uuid>") + 20, whole.length() - 5}) {
            libvirtGuestOnV1();
            host.write(SYSTEM_STATUS + "web.xml", whole.substring(0, length));
            assertIsTheGuestOfTheCommandLine();
        }
    }

    @Test
    void aStatusFileOfAnotherPidIsPassedOver() {
        libvirtGuestOnV1();
        host.write(SYSTEM_STATUS + "web.xml", status("other", 4, OTHER_UUID, 4243));
        assertIsTheGuestOfTheCommandLine();
    }

    @Test
    void aStatusFileThatCannotBeReadIsPassedOver() {
        libvirtGuestOnV1();
        host.write(SYSTEM_STATUS + "web.xml/a-directory-cannot-be-read", "");
        assertIsTheGuestOfTheCommandLine();
    }

    @Test
    void aUsersStatusFileThatClaimsAGuestOfRootsIsNotTrusted() {
        libvirtGuestOnV1();
        host.write("proc/4242/status", "Name:\tqemu-system-x86\nUid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\n")
                .write(USER_STATUS + "web.xml", status("other", 4, OTHER_UUID, 4242));
        assertIsTheGuestOfTheCommandLine();
    }

    @Test
    void aUsersStatusFileNamesTheUsersOwnGuest() {
        host.mountV1()
                .qemu(60, 5, "5:cpu,cpuacct:/user.slice\n", "kvm", "-name", "guest=cut")
                .write("proc/60/status", "Name:\tkvm\nUid:\t1000\t1000\t1000\t1000\nGid:\t1000\t1000\t1000\t1000\n")
                .write(USER_STATUS + "other.xml", status("other", 4, OTHER_UUID, 60));
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("other");
            assertEquals(4, domain.id());
            assertEquals(UUID.fromString(OTHER_UUID), domain.uuid());
        }
    }

    @Test
    void cpuStatMayHaveItsKeysInAnyOrderAndOthersBetween() {
        host.mountV2()
                .qemu(60, 5, "0::/web.service\n", "kvm", "-name", "web")
                .write("sys/fs/cgroup/unified/web.service/cgroup.procs", "60\n")
                .v2Group("/web.service", """
                        core_sched.force_idle_usec 5
                        system_usec 3
                        nr_bursts 0
                        usage_usec_ 9
                        user_usec 4
                        nice_usec 1
                        usage_usec 7
                        """);
        try (Connection connection = open()) {
            CpuStats.Total total = connection.getDomainByName("web").cpuStats().total();
            assertEquals(Reading.of(7_000), total.cpuTimeNanos());
            assertEquals(Reading.of(4_000), total.userTimeNanos());
            assertEquals(Reading.of(3_000), total.systemTimeNanos());
        }
    }

    @Test
    void anEmptyCpuacctStatIsAnErrorThatNamesTheFile() {
        ownGuest("web");
        host.write("sys/fs/cgroup/cpu,cpuacct/web.service/cpuacct.stat", "");
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            TypedParameters params = TypedParameters.allocate(3);
            HypervisorException error =
                    assertFails(ErrorCode.SYSTEM_ERROR, () -> domain.getCpuStats(params, 3, -1, 1, 0));
            assertTrue(error.getMessage().contains("web.service/cpuacct.stat"), error.getMessage());
            assertEquals("[-, -, -]", params.toString());
            assertFalse(domain.cpuStats().total().cpuTimeNanos().isAvailable());
            // what does not need that file is there
            assertEquals(1, domain.getCpuStats(params, 1, -1, 1, 0));
            assertEquals(9, params.unsignedLong(0));
        }
    }

    @Test
    void aProcessThatProcHidesKeepsTheGroupFromBeingTheGuestsOwn() {
        ownGuest("web");
        // /proc mounted with hidepid: 64 is in the group for as long as one looks, and has no directory
        host.write("sys/fs/cgroup/cpu,cpuacct/web.service/cgroup.procs", "60\n64\n");
        try (Connection connection = open()) {
            CpuStats stats = connection.getDomainByName("web").cpuStats();
            assertEquals(Reading.of(3_200_000_000L), stats.total().cpuTimeNanos());
            assertFalse(stats.hostCpus().isAvailable());
        }
    }

    @Test
    void twoGuestsInOneGroupShareItWhateverItIsCalled() {
        for (String group : List.of("/vms.service", "/qemu.slice/101.scope", SCOPE)) {
            host.mountV1()
                    .qemu(60, 5, "5:cpu,cpuacct:" + group + "\n", "kvm", "-name", "web")
                    .qemu(61, 5, "5:cpu,cpuacct:" + group + "\n", "kvm", "-name", "db")
                    .v1Group(group, "9", "0", "0", "5 4")
                    .write("sys/fs/cgroup/cpu,cpuacct" + group + "/cgroup.procs", "60\n61\n");
            try (Connection connection = open()) {
                for (String name : List.of("web", "db")) {
                    CpuStats.Total total =
                            connection.getDomainByName(name).cpuStats().total();
                    assertEquals(Reading.of(3_200_000_000L), total.cpuTimeNanos(), name + " in " + group);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"web) S 1 (x", ") ", "a b c", "two\nlines", ")))"})
    void aProcessMayBeCalledAnything(String command) {
        host.mountV1()
                .process(70, 1, command, 6, "5:cpu,cpuacct:/\n", "x")
                .process(60, 1, command, 5, "5:cpu,cpuacct:/\n", "kvm", "-name", "web")
                .link("proc/60/exe", "/nowhere/qemu-system-x86_64")
                .link("proc/70/exe", "/nowhere/sh");
        try (Connection connection = open()) {
            assertEquals(1, connection.listDomains().size());
            assertEquals(
                    Reading.of(3_200_000_000L),
                    connection.getDomainByName("web").cpuStats().total().cpuTimeNanos());
        }
    }

    /** A guest alone in the v1 group of a service, which has used 9 ns. */
    private void ownGuest(String name) {
        host.mountV1()
                .qemu(60, 5, "5:cpu,cpuacct:/web.service\n", "kvm", "-name", name)
                .v1Group("/web.service", "9", "0", "0", "5 4")
                .write("sys/fs/cgroup/cpu,cpuacct/web.service/cgroup.procs", "60\n");
    }

    private void assertIsTheGuestOfTheCommandLine() {
        try (Connection connection = open()) {
            Domain domain = connection.getDomainByName("web");
            assertEquals(3, domain.id());
            assertEquals(UUID.fromString(UUID_TEXT), domain.uuid());
            assertEquals(Reading.of(900), domain.cpuStats().total().cpuTimeNanos());
        }
    }

    private static String status(String name, int id, String uuid, int pid) {
        String escaped = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return """
                <domstatus state='running' reason='booted' pid='%d'>
                  <vcpus>
                    <vcpu id='0' pid='%d'/>
                  </vcpus>
                  <domain type='kvm' id='%d'>
                    <name>%s</name>
                    <uuid>%s</uuid>
                  </domain>
                </domstatus>
                """.formatted(pid, pid + 1, id, escaped, uuid);
    }

    private static String numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> Integer.toString(1000 + id))
                .collect(Collectors.joining(" "));
    }

    private static List<Integer> ids(List<CpuStats.HostCpu> cpus, int... places) {
        return IntStream.of(places).mapToObj(place -> cpus.get(place).cpu()).toList();
    }
}
