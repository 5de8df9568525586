package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.HypervisorVersion;
import dev.vireo.NodeInfo;
import dev.vireo.Reading;
import dev.vireo.TypedParameters;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host says of itself. */
class HostFactsTest extends HostTreeTests {
    private static final String STAT = """
            cpu  11 22 33 44 55 66 77 88 99 11
            cpu0 1 2 3 4 5 6 7 8 9 1
            cpu10 10 20 30 40 50 60 70 80 90 10
            intr 12345 0 1
            ctxt 5
            """;

    private final TypedParameters params = TypedParameters.allocate(6);

    @BeforeEach
    void mount() {
        host.mountV1().write("proc/stat", STAT);
    }

    @Test
    void timesOfACpuArePutTogetherAsLibvirtDoes() {
        try (Connection connection = open()) {
            assertEquals(4, connection.getNodeCpuStats(0, null, 0, 0));
            assertEquals(4, connection.getNodeCpuStats(0, params, 6, 0));
            assertEquals("[kernel=160000000, user=30000000, idle=40000000, iowait=50000000, -, -]", params.toString());
        }
    }

    @Test
    void minusOneIsTheSumThatTheKernelShows() {
        try (Connection connection = open()) {
            assertEquals(2, connection.getNodeCpuStats(-1, params, 2, 0));
            assertEquals("[kernel=1760000000, user=330000000, -, -, -, -]", params.toString());
        }
    }

    @Test
    void aCpuIsNotTakenForOneWhoseNumberBeginsLikeIt() {
        try (Connection connection = open()) {
            connection.getNodeCpuStats(10, params, 1, 0);
            assertEquals(1_600_000_000L, params.unsignedLong(0));
            assertFails(ErrorCode.INVALID_ARG, () -> connection.getNodeCpuStats(1, params, 1, 0));
        }
    }

    @Test
    void aCpuThatIsOfflineIsRefusedAndTheErrorSaysWhichAreOnline() {
        host.cpus("0-11", "0-11", "0,10");
        try (Connection connection = open()) {
            HypervisorException error =
                    assertFails(ErrorCode.INVALID_ARG, () -> connection.getNodeCpuStats(3, params, 1, 0));
            assertTrue(error.getMessage().contains("cpu 3; online are {0, 10}"), error.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu0 1 2 3 4 5 6\n",
                "cpu0 1 2 3 4 5 6 x\n",
                "cpu0 -1 2 3 4 5 6 7\n",
                "cpu0 18446744073709551615 2 3 4 5 6 7\n",
                "cpu0 1844674407371 0 0 0 0 0 0\n",
                "cpu0 1844674407370 1844674407370 0 0 0 0 0\n",
                "cpu0 0 0 1844674407370 0 0 1844674407370 1844674407370\n",
                "cpu0 0 0 1844674407370 0 0 0 1\n",
            })
    void timesThatDoNotFitOrAreNoneAreAnErrorThatNamesTheFile(String line) {
        host.write("proc/stat", line);
        try (Connection connection = open()) {
            HypervisorException error =
                    assertFails(ErrorCode.SYSTEM_ERROR, () -> connection.getNodeCpuStats(0, params, 4, 0));
            assertTrue(error.getMessage().contains("proc/stat: "), error.getMessage());
        }
    }

    @Test
    void theLargestTimesThatFitAreTold() {
        host.write("proc/stat", "cpu0 1844674407369 1 0 1844674407370 0 0 0\n");
        try (Connection connection = open()) {
            connection.getNodeCpuStats(0, params, 3, 0);
            assertEquals("18446744073700000000", Long.toUnsignedString(params.unsignedLong(1)));
            assertEquals("18446744073700000000", Long.toUnsignedString(params.unsignedLong(2)));
        }
    }

    @Test
    void anInterruptedThreadIsToldTheTimesToo() {
        try (Connection connection = open()) {
            Thread.currentThread().interrupt();
            assertEquals(4, connection.getNodeCpuStats(0, params, 6, 0));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aHostsFacts() {
        host.write("proc/meminfo", "MemTotal:       16305556 kB\nMemFree:  1 kB\n")
                .write("proc/cpuinfo", "processor\t: 0\ncpu MHz\t\t: 2445.998\n\nprocessor\t: 1\ncpu MHz\t: 1.0\n");
        for (int cpu = 0; cpu < 2; cpu++) {
            String topology = "sys/devices/system/cpu/cpu" + cpu + "/topology/";
            host.write(topology + "physical_package_id", "0\n").write(topology + "thread_siblings_list", "0-1\n");
        }
        try (Connection connection = open()) {
            NodeInfo info = connection.getNodeInfo();
            assertEquals(Reading.of(16305556), info.memoryKib());
            assertEquals(Reading.of(2445), info.mhz());
            assertEquals(2, info.cpus());
            assertEquals(
                    List.of(Reading.of(1), Reading.of(1), Reading.of(1), Reading.of(2)),
                    List.of(info.nodes(), info.socketsPerNode(), info.coresPerSocket(), info.threadsPerCore()));
        }
    }

    @Test
    void whatIsNotThereIsUnavailableWithTheReason() {
        host.write("proc/cpuinfo", "processor\t: 0\n");
        try (Connection connection = open()) {
            NodeInfo info = connection.getNodeInfo();
            assertTrue(info.memoryKib().reason().orElseThrow().contains("meminfo cannot be read"));
            assertTrue(info.mhz().reason().orElseThrow().contains("no line 'cpu MHz'"));
            assertTrue(info.threadsPerCore().reason().orElseThrow().contains("cpu0/topology"));
            assertEquals(2, info.cpus());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-5", "1e999999999", "1e3", "99999999999999999999", "0x10", "+5"})
    void aNumberThatIsNoneIsUnavailableAndNeverAWrongOne(String text) {
        host.write("proc/meminfo", "MemTotal: " + text + " kB\n").write("proc/cpuinfo", "cpu MHz : " + text + "\n");
        try (Connection connection = open()) {
            NodeInfo info = connection.getNodeInfo();
            assertTrue(info.memoryKib().reason().orElseThrow().contains("no number behind 'MemTotal:'"));
            assertTrue(info.mhz().reason().orElseThrow().contains("no number behind 'cpu MHz'"));
        }
    }

    @ParameterizedTest
    @CsvSource({"8.2.2, 8, 2, 2", "10.0.50, 10, 0, 50"})
    void theVersionIsThatOfTheInstalledProgram(String text, int major, int minor, int release) {
        host.write("proc/1/root/usr/libexec/qemu-kvm", "\0QEMU emulator version " + text + "\n\0");
        try (Connection connection = open()) {
            assertEquals(new HypervisorVersion(major, minor, release), connection.getVersion());
        }
    }

    @Test
    void withoutAProgramTheErrorListsWhereOneWasLookedFor() {
        try (Connection connection = open()) {
            HypervisorException error = assertFails(ErrorCode.OPERATION_UNSUPPORTED, connection::getVersion);
            for (String place : List.of("/usr/bin/qemu-system-", "/usr/libexec/qemu-kvm", "/usr/local/bin/kvm")) {
                assertTrue(error.getMessage().contains(place), error.getMessage());
            }
        }
    }
}
