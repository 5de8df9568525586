package dev.vireo.driver.test;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.NodeCpuMap;
import dev.vireo.NodeInfo;
import dev.vireo.Operation;
import dev.vireo.Reading;
import dev.vireo.TypedParameters;
import org.jspecify.annotations.Nullable;

/**
 * What a session tells of the host. Each CPU's time is that since a boot some time before the hypervisor was made: a tenth kernel,
 * eight tenths user, a hundredth waiting for disks, the rest idle.
 */
final class NodeStatistics {
    private static final int PARAMS = 4;
    private static final long UP_BEFORE = 100_000_000_000L;

    private final TestHypervisor hypervisor;
    private final HypervisorConfiguration host;

    NodeStatistics(TestHypervisor hypervisor) {
        this.hypervisor = hypervisor;
        this.host = hypervisor.configuration();
    }

    NodeInfo info() {
        hypervisor.called(Operation.NODE_GET_INFO, null);
        int cpus = host.cpuMap().onlineCount();
        Reading one = Reading.of(1);
        return new NodeInfo(
                "x86_64", Reading.of(host.memoryKib()), cpus, Reading.of(1400), one, one, Reading.of(cpus), one);
    }

    NodeCpuMap cpuMap() {
        hypervisor.called(Operation.NODE_GET_CPU_MAP, null);
        return host.cpuMap();
    }

    int cpuStats(int cpu, @Nullable TypedParameters params, int nparams, int flags) {
        hypervisor.called(Operation.NODE_GET_CPU_STATS, null);
        if (params == null) {
            return PARAMS;
        }
        long up = UP_BEFORE + hypervisor.upNanos();
        long cpus = cpu == -1 ? host.cpuMap().onlineCount() : one(cpu);
        for (int i = 0; i < Math.min(nparams, PARAMS); i++) {
            params.setUnsignedLong(i, name(i), cpus * time(i, up));
        }
        return Math.min(nparams, PARAMS);
    }

    private long one(int cpu) {
        if (cpu < host.cpuMap().size() && host.cpuMap().isPresent(cpu)) {
            return 1;
        }
        throw HypervisorException.of(
                ErrorCode.INVALID_ARG,
                TestDriver.NAME,
                "cpu " + cpu + " is not there; the host has " + host.cpuMap() + ", and -1 is the sum of all");
    }

    private static String name(int param) {
        return switch (param) {
            case 0 -> "kernel";
            case 1 -> "user";
            case 2 -> "idle";
            default -> "iowait";
        };
    }

    private static long time(int param, long up) {
        return switch (param) {
            case 0 -> up / 10;
            case 1 -> up / 10 * 8;
            case 2 -> up - up / 10 * 9 - up / 100;
            default -> up / 100;
        };
    }
}
