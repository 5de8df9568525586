package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.HypervisorVersion;
import dev.vireo.NodeCpuMap;
import dev.vireo.NodeInfo;
import dev.vireo.TypedParameters;

/**
 * Holds what a connection tells of its host, each part by itself.
 *
 * @param hostname the host's name
 * @param version the hypervisor's version
 * @param cpuMap which CPUs there are
 * @param info memory and topology
 * @param cpuTimes the host's own CPU times
 */
record NodeReport(
        Part<String> hostname,
        Part<HypervisorVersion> version,
        Part<NodeCpuMap> cpuMap,
        Part<NodeInfo> info,
        Part<TypedParameters> cpuTimes) {

    static NodeReport of(Connection connection) {
        return new NodeReport(
                Part.read(connection::getHostname),
                Part.read(connection::getVersion),
                Part.read(connection::getNodeCpuMap),
                Part.read(connection::getNodeInfo),
                Part.read(() -> cpuTimes(connection)));
    }

    boolean isEmpty() {
        return hostname.value() == null
                && version.value() == null
                && cpuMap.value() == null
                && info.value() == null
                && cpuTimes.value() == null;
    }

    private static TypedParameters cpuTimes(Connection connection) {
        int nparams = Math.min(connection.getNodeCpuStats(-1, null, 0, 0), Domain.MAX_CPU_STATS_PARAMS);
        TypedParameters params = TypedParameters.allocate(nparams);
        if (nparams > 0) {
            connection.getNodeCpuStats(-1, params, nparams, 0);
        }
        return params;
    }
}
