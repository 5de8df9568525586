package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.NodeCpuMap;
import dev.vireo.NodeInfo;
import dev.vireo.ParameterType;
import dev.vireo.Reading;
import dev.vireo.TypedParameters;
import java.util.function.IntPredicate;

/** Lays out what the host is, a line for each thing. */
final class NodeText {
    private NodeText() {}

    static void append(StringBuilder out, Connection connection, NodeReport report) {
        Table lines = new Table("URI:", connection.uri().toString());
        lines.row("Driver:", connection.driverName());
        lines.row("Hostname:", text(report.hostname()));
        lines.row("Hypervisor version:", text(report.version()));
        cpus(lines, report.cpuMap());
        info(lines, report.info());
        cpuTimes(lines, report.cpuTimes());
        lines.appendTo(out);
    }

    private static String text(Part<?> part) {
        Object value = part.value();
        return value == null ? part.unavailable() : value.toString();
    }

    private static void cpus(Table lines, Part<NodeCpuMap> part) {
        NodeCpuMap map = part.value();
        if (map == null) {
            lines.row("CPUs:", part.unavailable());
            return;
        }
        lines.row("CPUs present:", map.presentCount() + " (" + ranges(map.size(), map::isPresent) + ")");
        lines.row("CPUs online:", map.onlineCount() + " (" + ranges(map.size(), map::isOnline) + ")");
    }

    /** Returns ids in the kernel's notation, {@code 0-3,8}. */
    static String ranges(int size, IntPredicate contains) {
        StringBuilder text = new StringBuilder();
        for (int start = 0; start < size; start++) {
            if (contains.test(start)) {
                int end = start;
                while (end + 1 < size && contains.test(end + 1)) {
                    end++;
                }
                text.append(text.length() == 0 ? "" : ",").append(start);
                text.append(end == start ? "" : "-" + end);
                start = end;
            }
        }
        return text.toString();
    }

    private static void info(Table lines, Part<NodeInfo> part) {
        NodeInfo info = part.value();
        if (info == null) {
            lines.row("Memory, topology:", part.unavailable());
            return;
        }
        lines.row("CPU model:", info.model());
        lines.row("CPU frequency:", withUnit(info.mhz(), " MHz"));
        lines.row("Memory:", withUnit(info.memoryKib(), " KiB"));
        lines.row("NUMA nodes:", info.nodes().toString());
        lines.row("Sockets per node:", info.socketsPerNode().toString());
        lines.row("Cores per socket:", info.coresPerSocket().toString());
        lines.row("Threads per core:", info.threadsPerCore().toString());
    }

    private static String withUnit(Reading reading, String unit) {
        return reading + (reading.isAvailable() ? unit : "");
    }

    private static void cpuTimes(Table lines, Part<TypedParameters> part) {
        TypedParameters params = part.value();
        if (params == null) {
            lines.row("CPU times:", part.unavailable());
            return;
        }
        for (int i = 0; i < params.capacity(); i++) {
            if (params.isSet(i)) {
                lines.row("CPU time, " + params.name(i) + ":", value(params, i));
            }
        }
    }

    private static String value(TypedParameters params, int index) {
        // virNodeGetCPUStats has one that is no time: a percentage
        boolean isTime = params.type(index) == ParameterType.ULLONG
                && !params.name(index).equals("utilization");
        return isTime ? Seconds.of(params.unsignedLong(index)) + " seconds" : params.valueAsString(index);
    }
}
