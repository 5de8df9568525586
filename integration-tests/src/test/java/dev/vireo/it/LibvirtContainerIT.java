package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static dev.vireo.it.VireoCommand.vireo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.Domain;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** libvirt's containers, which have no vCPUs: one statistic a CPU, and operations that its driver lacks. */
class LibvirtContainerIT {
    private static final int CPUS = HostCpus.ids();

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static LibvirtContainer container;
    private static Connection connection;

    @BeforeAll
    static void startContainer() throws IOException {
        container = SCENE.startContainer();
        connection = Connection.open(SCENE.daemon().containersUri());
        vireo("--version");
    }

    @AfterAll
    static void closeConnection() {
        if (connection != null) {
            connection.close();
        }
    }

    private static Domain domain() {
        return connection.getDomainByName(container.name());
    }

    @Test
    void aContainerHasThreeTotalsAndOneStatisticForEachCpu() {
        assertEquals(3, domain().getCpuStats(null, 0, -1, 1, 0));
        assertEquals(CPUS, domain().getCpuStats(null, 0, 0, 0, 0));
        assertEquals(1, domain().getCpuStats(null, 0, 0, 1, 0));
    }

    @Test
    void itsTimesLieBetweenTwoReadingsOfVirsh() {
        TypedParameters params = TypedParameters.allocate(2 * CPUS);
        Map<String, Long> before = PrintedStats.parse(container.printedByVirsh());
        assertEquals(1, domain().getCpuStats(params, 2, 0, CPUS, 0));
        CpuStats stats = domain().cpuStats();
        Map<String, Long> after = PrintedStats.parse(container.printedByVirsh());
        for (int cpu = 0; cpu < CPUS; cpu++) {
            String key = "CPU" + cpu + "/cpu_time";
            assertEquals("cpu_time", params.name(2 * cpu));
            assertBetween(key, before.get(key), params.unsignedLong(2 * cpu), after.get(key));
            assertFalse(params.isSet(2 * cpu + 1));
        }
        long total = stats.total().cpuTimeNanos().value();
        assertBetween("cpu_time", before.get("Total/cpu_time"), total, after.get("Total/cpu_time"));
    }

    @Test
    void theFriendlyFormSaysThatAContainerHasNoVcpuTime() {
        CpuStats stats = domain().cpuStats();
        assertEquals(CPUS, stats.hostCpus().cpus().size());
        assertFalse(stats.hostCpus().cpus().get(0).vcpuTimeNanos().isAvailable());
    }

    @Test
    void theCommandPrintsWhatVirshPrints() {
        CommandRun run = vireo("-c", SCENE.daemon().containersUri(), "cpu-stats", container.name(), "--count", "1");
        Map<String, Long> printed = PrintedStats.parse(run.requireSuccess().out());
        assertEquals(
                PrintedStats.parse(container.printedByVirsh("--count", "1")).keySet(), printed.keySet());
    }

    @Test
    void infoSaysThatItRuns() {
        assertEquals(DomainState.RUNNING, domain().getInfo().state());
    }

    /** The table of the connection is made of libvirt's symbols; which driver of libvirt's lacks what, libvirt says. */
    @Test
    void whatLibvirtsDriverLacksIsNotSupported() {
        HypervisorException refused =
                assertThrows(HypervisorException.class, () -> domain().getVcpus(VcpuTimes.allocate(1)));
        assertEquals(ErrorCode.NO_SUPPORT, refused.code(), refused::getMessage);
        assertTrue(refused.getMessage().startsWith("this function is not supported by the connection driver"));
    }
}
