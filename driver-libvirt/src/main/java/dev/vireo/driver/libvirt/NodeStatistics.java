package dev.vireo.driver.libvirt;

import dev.vireo.NodeCpuMap;
import dev.vireo.NodeInfo;
import dev.vireo.Reading;
import dev.vireo.TypedParameters;
import dev.vireo.driver.libvirt.binding.NativeConnection;
import dev.vireo.driver.libvirt.binding.NodeCalls;
import dev.vireo.driver.libvirt.binding.NodeCpuBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.libvirt.jna.virNodeInfo;

/** What libvirt tells of the host. Thread-safe. */
final class NodeStatistics {
    private final NativeConnection connection;
    private final NodeCalls node;
    private final Calls calls;

    NodeStatistics(NativeConnection connection, Calls calls) {
        this.connection = connection;
        this.calls = calls;
        this.node = new NodeCalls(connection);
    }

    NodeInfo info() {
        virNodeInfo info = calls.run("getNodeInfo", connection::nodeInfo);
        return new NodeInfo(
                text(info.model),
                Reading.of(info.memory.longValue()),
                info.cpus,
                info.mhz == 0 ? Reading.unavailable("libvirt does not know it") : Reading.of(info.mhz),
                Reading.of(info.nodes),
                Reading.of(info.sockets),
                Reading.of(info.cores),
                Reading.of(info.threads));
    }

    NodeCpuMap cpuMap() {
        return calls.run("getNodeCpuMap", node::cpuMap);
    }

    int cpuStats(int cpu, @Nullable TypedParameters params, int nparams, int flags) {
        if (params == null) {
            return calls.run("getNodeCpuStats", () -> node.cpuStatsCount(cpu));
        }
        NodeCpuBuffer buffer = new NodeCpuBuffer();
        // libvirt fills all or refuses; here fewer may be asked for
        calls.run("getNodeCpuStats", () -> node.cpuStats(cpu, buffer, node.cpuStatsCount(cpu)));
        return buffer.copyTo(params, nparams);
    }

    private static String text(byte[] field) {
        int length = 0;
        while (length < field.length && field[length] != 0) {
            length++;
        }
        return new String(field, 0, length, StandardCharsets.UTF_8);
    }
}
