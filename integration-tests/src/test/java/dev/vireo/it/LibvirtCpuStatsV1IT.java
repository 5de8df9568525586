package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.CpuStats.HostCpu;
import dev.vireo.ParameterType;
import dev.vireo.TypedParameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** libvirt on control groups of version 1, the one where it tells times per CPU. */
class LibvirtCpuStatsV1IT extends LibvirtCpuStatsContract {
    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static final List<String> NAMES = List.of("cpu_time", "vcpu_time");
    private static final int CPUS = HostCpus.ids();

    LibvirtCpuStatsV1IT() {
        super(SCENE, LibvirtHierarchy.V1);
    }

    @ParameterizedTest
    @EnumSource
    void theTimesOnEachCpuLieBetweenTwoReadingsOfVirsh(Accelerator accelerator) {
        TypedParameters params = TypedParameters.allocate(2 * CPUS);
        Map<String, Long> before = PrintedStats.parse(guest(accelerator).printedByVirsh());
        assertEquals(2, domain(accelerator).getCpuStats(params, 2, 0, CPUS, 0));
        Map<String, Long> after = PrintedStats.parse(guest(accelerator).printedByVirsh());
        for (int cpu = 0; cpu < CPUS; cpu++) {
            for (int i = 0; i < 2; i++) {
                int entry = 2 * cpu + i;
                String key = "CPU" + cpu + "/" + NAMES.get(i);
                assertEquals(NAMES.get(i), params.name(entry));
                assertEquals(ParameterType.ULLONG, params.type(entry));
                assertBetween(key, before.get(key), params.unsignedLong(entry), after.get(key));
            }
        }
    }

    @Test
    void theFriendlyFormHasTheSameTimes() {
        LibvirtGuest guest = guest(Accelerator.FASTEST);
        Map<String, Long> before = PrintedStats.parse(guest.printedByVirsh());
        List<HostCpu> cpus = domain().cpuStats().hostCpus().cpus();
        Map<String, Long> after = PrintedStats.parse(guest.printedByVirsh());
        assertEquals(CPUS, cpus.size());
        for (HostCpu cpu : cpus) {
            String heading = "CPU" + cpu.cpu();
            String cpuTime = heading + "/cpu_time";
            String vcpuTime = heading + "/vcpu_time";
            assertBetween(cpuTime, before.get(cpuTime), cpu.cpuTimeNanos().value(), after.get(cpuTime));
            assertBetween(vcpuTime, before.get(vcpuTime), cpu.vcpuTimeNanos().value(), after.get(vcpuTime));
        }
    }

    @Test
    void oneEntryForEachCpuIsItsCpuTime() {
        TypedParameters params = TypedParameters.allocate(CPUS + 1);
        assertEquals(1, domain().getCpuStats(params, 1, 0, CPUS, 0));
        for (int cpu = 0; cpu < CPUS; cpu++) {
            assertEquals("cpu_time", params.name(cpu));
        }
        assertFalse(params.isSet(CPUS));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 16})
    void entriesPastTheStatisticsOfACpuStayClear(int nparams) {
        TypedParameters params = TypedParameters.allocate(nparams * CPUS);
        assertEquals(2, domain().getCpuStats(params, nparams, 0, CPUS, 0));
        for (int i = 0; i < nparams * CPUS; i++) {
            assertEquals(i % nparams < 2, params.isSet(i), "entry " + i);
        }
    }

    @Test
    void cpusPastTheLastStayClear() {
        TypedParameters params = TypedParameters.allocate(2 * 128);
        assertEquals(2, domain().getCpuStats(params, 2, CPUS - 1, 128, 0));
        for (int i = 0; i < 2 * 128; i++) {
            assertEquals(i < 2, params.isSet(i), "entry " + i);
        }
    }

    @Test
    void aLaterStartBeginsWithThatCpu() {
        TypedParameters all = TypedParameters.allocate(CPUS);
        TypedParameters last = TypedParameters.allocate(1);
        TypedParameters again = TypedParameters.allocate(CPUS);
        assertEquals(1, domain().getCpuStats(all, 1, 0, CPUS, 0));
        assertEquals(1, domain().getCpuStats(last, 1, CPUS - 1, 1, 0));
        assertEquals(1, domain().getCpuStats(again, 1, 0, CPUS, 0));
        assertBetween("the last CPU", all.unsignedLong(CPUS - 1), last.unsignedLong(0), again.unsignedLong(CPUS - 1));
        assertTrue(last.unsignedLong(0) > 0);
    }
}
