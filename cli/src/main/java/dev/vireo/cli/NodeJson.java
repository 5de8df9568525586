package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.NodeCpuMap;
import dev.vireo.NodeInfo;
import dev.vireo.TypedParameters;
import java.util.function.IntPredicate;

/** Writes what the host is as one JSON document. */
final class NodeJson {
    private static final ParameterFields TIMES =
            new ParameterFields(JsonField.KERNEL, JsonField.USER, JsonField.IDLE, JsonField.IOWAIT);

    private NodeJson() {}

    static void write(JsonWriter json, Connection connection, NodeReport report) {
        json.beginDocument(connection);
        text(json.field(JsonField.HOSTNAME), report.hostname());
        text(json.field(JsonField.HYPERVISOR_VERSION), report.version());
        cpus(json.field(JsonField.CPUS), report.cpuMap());
        info(json.field(JsonField.INFO), report.info());
        cpuTimes(json.field(JsonField.CPU_TIMES), report.cpuTimes());
        json.endDocument();
    }

    private static void text(JsonWriter json, Part<?> part) {
        Object value = part.value();
        if (value == null) {
            json.unavailable(part.reason());
        } else {
            json.string(value.toString());
        }
    }

    private static void cpus(JsonWriter json, Part<NodeCpuMap> part) {
        NodeCpuMap map = part.value();
        if (map == null) {
            json.unavailable(part.reason());
            return;
        }
        json.beginObject();
        ids(json.field(JsonField.PRESENT), map.size(), map::isPresent);
        ids(json.field(JsonField.ONLINE), map.size(), map::isOnline);
        json.endObject();
    }

    private static void ids(JsonWriter json, int size, IntPredicate contains) {
        json.beginArray();
        for (int cpu = 0; cpu < size; cpu++) {
            if (contains.test(cpu)) {
                json.number(cpu);
            }
        }
        json.endArray();
    }

    private static void info(JsonWriter json, Part<NodeInfo> part) {
        NodeInfo info = part.value();
        if (info == null) {
            json.unavailable(part.reason());
            return;
        }
        json.beginObject().field(JsonField.MODEL).string(info.model());
        json.field(JsonField.MHZ).reading(info.mhz());
        json.field(JsonField.MEMORY).reading(info.memoryKib());
        json.field(JsonField.NODES).reading(info.nodes());
        json.field(JsonField.SOCKETS_PER_NODE).reading(info.socketsPerNode());
        json.field(JsonField.CORES_PER_SOCKET).reading(info.coresPerSocket());
        json.field(JsonField.THREADS_PER_CORE).reading(info.threadsPerCore());
        json.endObject();
    }

    private static void cpuTimes(JsonWriter json, Part<TypedParameters> part) {
        TypedParameters params = part.value();
        if (params == null) {
            json.unavailable(part.reason());
            return;
        }
        json.beginObject();
        TIMES.write(json, params, 0, params.capacity());
        json.endObject();
    }
}
