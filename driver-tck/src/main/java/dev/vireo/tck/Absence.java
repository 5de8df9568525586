package dev.vireo.tck;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.ErrorCode;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.VcpuTimes;
import java.util.EnumSet;

/** What an operation answers that a connection does not have. */
final class Absence {
    private static final DomainStatsVisitor NOBODY = new DomainStatsVisitor() {
        @Override
        public void domain(DomainRef domain, DomainState state) {}

        @Override
        public void value(Statistic statistic, int index, long value) {}

        @Override
        public void unavailable(Statistic statistic, int index, String reason) {}
    };

    private Absence() {}

    /** Requires that it answers {@code NO_SUPPORT}: to a caller who may write, if it writes. */
    static void require(Operation operation, ContractScene scene) throws Exception {
        OpenOptions options = OpenOptions.defaults();
        boolean writes = operation.access() == Operation.Access.WRITES;
        try (Connection connection = scene.freshOpening().open(writes ? options.readWrite() : options)) {
            Checks.require(
                    !connection.supports(operation),
                    "one connection has " + operation + " and another one to the same hypervisor has not");
            Domain domain = scene.domainOf(connection);
            Checks.fails(ErrorCode.NO_SUPPORT, operation.name(), () -> call(operation, connection, domain));
        }
    }

    private static void call(Operation operation, Connection connection, Domain domain) {
        switch (operation) {
            case CONNECT_GET_HOSTNAME -> connection.getHostname();
            case CONNECT_GET_VERSION -> connection.getVersion();
            case CONNECT_GET_ALL_DOMAIN_STATS ->
                connection.getAllDomainStats(EnumSet.allOf(StatsGroup.class), NOBODY, 0);
            case CONNECT_DOMAIN_EVENT_REGISTER ->
                connection.onDomainEvent(event -> {}).close();
            case CONNECT_START_CPU_ACCOUNTING -> connection.startCpuAccounting();
            case CONNECT_STOP_CPU_ACCOUNTING -> connection.stopCpuAccounting();
            case CONNECT_GET_CPU_ACCOUNTING -> connection.getCpuAccounting();
            case NODE_GET_INFO -> connection.getNodeInfo();
            case NODE_GET_CPU_MAP -> connection.getNodeCpuMap();
            case NODE_GET_CPU_STATS -> connection.getNodeCpuStats(-1, null, 0, 0);
            case DOMAIN_GET_INFO -> domain.getInfo();
            case DOMAIN_GET_CPU_STATS -> domain.getCpuStats(null, 0, -1, 1, 0);
            case DOMAIN_GET_VCPUS -> domain.getVcpus(VcpuTimes.allocate(1));
            case DOMAIN_SUSPEND -> domain.suspend();
            case DOMAIN_RESUME -> domain.resume();
            case DOMAIN_DESTROY -> domain.destroy();
            case DOMAIN_GET_SCHEDULER_PARAMETERS -> domain.getSchedulerParameters(null, 0, Domain.AFFECT_LIVE);
            case DOMAIN_GET_VCPU_PIN_INFO -> domain.getVcpuPinInfo(Domain.AFFECT_LIVE);
        }
    }
}
