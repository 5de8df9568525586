package dev.vireo.tck;

import dev.vireo.ErrorCode;
import dev.vireo.NodeCpuMap;
import dev.vireo.NodeInfo;
import dev.vireo.Operation;
import dev.vireo.TypedParameters;
import org.junit.jupiter.api.Test;

/** Group 6: the host, and what a connection tells of itself. */
abstract class NodeRules extends SchedulingRules {
    private static final int MOST_PARAMETERS = 16;

    NodeRules() {}

    @Test
    @Rule(value = "6.1", of = Operation.NODE_GET_CPU_MAP, look = "which CPUs are present and online")
    public final void theHostHasCpusAndAnOnlineOneIsPresent() {
        NodeCpuMap map = connection().getNodeCpuMap();
        Checks.require(map.presentCount() >= 1, "no CPU is present: " + map);
        Checks.require(map.onlineCount() >= 1, "no CPU is online: " + map);
        for (int cpu = 0; cpu < map.size(); cpu++) {
            Checks.require(map.isPresent(cpu) || !map.isOnline(cpu), "CPU " + cpu + " is online and not present");
        }
    }

    @Test
    @Rule(
            value = "6.2",
            of = {Operation.NODE_GET_INFO, Operation.NODE_GET_CPU_MAP},
            look = "NodeInfo.cpus: how many CPUs are online")
    public final void theHostsCpusAreThoseThatAreOnline() {
        NodeInfo info = connection().getNodeInfo();
        Checks.require(!info.model().isBlank(), "the host has no model");
        Checks.same(connection().getNodeCpuMap().onlineCount(), info.cpus(), "the number of CPUs");
    }

    @Test
    @Rule(
            value = "6.3",
            of = Operation.NODE_GET_CPU_STATS,
            look = "the answer to (cpu, null, 0), and which entries are filled")
    public final void theHostsTimesAreCountedAndFilled() throws Exception {
        int count = connection().getNodeCpuStats(-1, null, 0, 0);
        Checks.require(count >= 1 && count <= MOST_PARAMETERS, "the host has " + count + " times");
        TypedParameters params = TypedParameters.allocate(count);
        Checks.same(count, connection().getNodeCpuStats(-1, params, count, 0), "how many were filled");
        for (int i = 0; i < count; i++) {
            Checks.require(params.isSet(i), "entry " + i + " of the host's times is not set");
        }
        requireNoTimes(1_000_000);
        if (connection().supports(Operation.NODE_GET_CPU_MAP)) {
            requireTimesOfThoseThatAreThere(connection().getNodeCpuMap());
        }
    }

    private void requireTimesOfThoseThatAreThere(NodeCpuMap map) throws Exception {
        long sum = 0;
        for (int cpu = 0; cpu < map.size(); cpu++) {
            if (!map.isPresent(cpu)) {
                requireNoTimes(cpu);
            } else if (map.isOnline(cpu)) {
                sum += hostTime(cpu);
            }
        }
        long all = hostTime(-1);
        Checks.require(
                sum <= all + grainNanos() * map.size(), "CPUs have " + sum + " ns each by itself, together " + all);
    }

    private void requireNoTimes(int cpu) throws Exception {
        TypedParameters params = TypedParameters.allocate(MOST_PARAMETERS);
        Checks.fails(
                ErrorCode.INVALID_ARG,
                "host CPU " + cpu + ", which is not there,",
                () -> connection().getNodeCpuStats(cpu, params, MOST_PARAMETERS, 0));
    }

    /** Returns all the time of one of the host's CPUs, or of all with -1: busy and idle. */
    private long hostTime(int cpu) {
        TypedParameters params = TypedParameters.allocate(MOST_PARAMETERS);
        int filled = connection().getNodeCpuStats(cpu, params, MOST_PARAMETERS, 0);
        long time = 0;
        for (int i = 0; i < filled; i++) {
            time += params.unsignedLong(i);
        }
        return time;
    }

    @Test
    @Rule(
            value = "6.7",
            of = Operation.NODE_GET_CPU_STATS,
            look = "the unit of the host's times: nanoseconds, not the kernel's ticks, and the sum of all CPUs for -1")
    public final void theHostsTimesAreNanoseconds() throws Exception {
        long before = hostTime(-1);
        long passed = useSome();
        long grown = hostTime(-1) - before;
        Checks.require(
                grown >= passed / UNIT, "in " + passed + " ns of a domain's load the host's times grew by " + grown);
    }

    @Test
    @Rule(value = "6.4", of = Operation.CONNECT_GET_HOSTNAME, look = "the host's name")
    public final void theHostHasAName() {
        Checks.require(!connection().getHostname().isBlank(), "the host's name is blank");
    }

    @Test
    @Rule(
            value = "6.6",
            of = {
                Operation.CONNECT_START_CPU_ACCOUNTING,
                Operation.CONNECT_STOP_CPU_ACCOUNTING,
                Operation.CONNECT_GET_CPU_ACCOUNTING
            },
            look = "what start and stop do, and whether get says so: running, and how")
    public final void accountingRunsFromItsStartToItsStop() throws Exception {
        Checks.require(!connection().getCpuAccounting().detail().isBlank(), "the accounting says nothing of itself");
        if (!environment().mayWrite()) {
            Checks.fails(
                    ErrorCode.OPERATION_DENIED,
                    "start on a read-only connection",
                    () -> connection().startCpuAccounting());
            return;
        }
        if (connection().getCpuAccounting().running()) {
            return; // somebody else's, who goes on to need it
        }
        connection().startCpuAccounting();
        try {
            connection().startCpuAccounting(); // a second time changes nothing
            Checks.require(connection().getCpuAccounting().running(), "it was started and does not run");
        } finally {
            connection().stopCpuAccounting();
        }
        Checks.require(!connection().getCpuAccounting().running(), "it was stopped and runs");
    }

    @Test
    @Rule(value = "6.5", of = Operation.CONNECT_GET_VERSION, look = "the hypervisor's version")
    public final void theHypervisorHasAVersion() {
        Checks.require(!connection().getVersion().toString().isBlank(), "the version is blank");
    }
}
