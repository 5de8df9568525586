package dev.vireo.driver.qemu.cgroup.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.driver.qemu.cgroup.HostTree;
import dev.vireo.driver.qemu.cgroup.reading.CpuIds;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuTopologyTest {
    @TempDir
    private Path directory;

    private HostTree host;

    @BeforeEach
    void makeHost() {
        host = new HostTree(directory);
    }

    private void cpu(int id, int socket, String siblings) {
        String topology = "sys/devices/system/cpu/cpu" + id + "/topology/";
        host.write(topology + "physical_package_id", socket + "\n")
                .write(topology + "thread_siblings_list", siblings + "\n");
    }

    private void node(int id, String cpus) {
        host.write("sys/devices/system/node/node" + id + "/cpulist", cpus + "\n");
    }

    private CpuTopology read() throws IOException {
        Path sysfs = host.path("sys");
        return CpuTopology.read(sysfs, CpuIds.read(sysfs));
    }

    /** Two nodes of one socket of two cores of two threads, whose siblings lie four apart. */
    private void twoNodes() {
        host.cpus("0-7", "0-7", "0-7");
        for (int id = 0; id < 8; id++) {
            cpu(id, id % 4 / 2, id % 4 + "," + (id % 4 + 4));
        }
        node(0, "0-1,4-5");
        node(1, "2-3,6-7");
    }

    @Test
    void nodesSocketsCoresAndThreadsOfAUniformHost() throws IOException {
        twoNodes();
        assertEquals(new CpuTopology(2, 1, 2, 2), read());
    }

    @Test
    void aNodeThatHasMemoryAloneIsNotCounted() throws IOException {
        twoNodes();
        node(2, "");
        assertEquals(new CpuTopology(2, 1, 2, 2), read());
    }

    @Test
    void aNodeWhoseCpusAreAllOfflineIsNotCounted() throws IOException {
        twoNodes();
        host.cpus("0-7", "0-7", "0-1,4-5");
        assertEquals(new CpuTopology(1, 1, 2, 2), read());
    }

    @Test
    void withoutNodesTheHostIsOne() throws IOException {
        host.cpus("0-3", "0-3", "0-3");
        for (int id = 0; id < 4; id++) {
            cpu(id, id / 2, Integer.toString(id));
        }
        assertEquals(new CpuTopology(1, 2, 2, 1), read());
    }

    @Test
    void whereAThreadIsOfflineAllAreCoresOfOneSocket() throws IOException {
        twoNodes();
        host.cpus("0-7", "0-7", "0-6");
        assertEquals(new CpuTopology(1, 1, 7, 1), read());
    }

    @Test
    void coresOfTwoKindsAreCoresOfOneSocket() throws IOException {
        host.cpus("0-4", "0-4", "0-4");
        cpu(0, 0, "0-1");
        cpu(1, 0, "0-1");
        for (int id = 2; id < 5; id++) {
            cpu(id, 0, Integer.toString(id));
        }
        assertEquals(new CpuTopology(1, 1, 5, 1), read());
    }

    @Test
    void theProductIsTheNumberOfOnlineCpusInEachCase() throws IOException {
        twoNodes();
        for (String online : new String[] {"0", "0-1", "0,4", "0-3", "2-3,6-7", "1-6", "0-7"}) {
            host.cpus("0-7", "0-7", online);
            CpuTopology topology = read();
            assertEquals(
                    CpuIds.read(host.path("sys")).online().cardinality(),
                    topology.nodes()
                            * topology.socketsPerNode()
                            * topology.coresPerSocket()
                            * topology.threadsPerCore(),
                    online);
        }
    }

    @Test
    void aCpuThatDoesNotSayWhereItLiesIsAnErrorThatNamesTheFile() {
        IOException error = assertThrows(NoSuchFileException.class, this::read);
        assertTrue(error.getMessage().contains("cpu0/topology"), error.getMessage());
    }
}
