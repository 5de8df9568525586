package dev.vireo.tck;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import java.util.EnumSet;

/** One call of each operation, with arguments that are in order. */
final class OperationCalls {
    /** Listens to nothing. */
    static final DomainStatsVisitor NOBODY = new DomainStatsVisitor() {
        @Override
        public void domain(DomainRef domain, DomainState state) {}

        @Override
        public void value(Statistic statistic, int index, long value) {}

        @Override
        public void unavailable(Statistic statistic, int index, String reason) {}
    };

    private OperationCalls() {}

    /** Calls each operation that reads, and that a connection has; what cannot be had here fails. */
    static void readAll(Connection connection, Domain domain) {
        for (Operation operation : connection.operations()) {
            if (operation.access() == Operation.Access.READS) {
                try {
                    call(operation, connection, domain);
                } catch (HypervisorException lacking) {
                    // what may fail, other rules see to
                }
            }
        }
    }

    static void call(Operation operation, Connection connection, Domain domain) {
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
            case DOMAIN_GET_CPU_STATS -> domain.getCpuStats(TypedParameters.allocate(3), 3, -1, 1, 0);
            case DOMAIN_GET_VCPUS -> domain.getVcpus(VcpuTimes.allocate(1));
            case DOMAIN_SUSPEND -> domain.suspend();
            case DOMAIN_RESUME -> domain.resume();
            case DOMAIN_DESTROY -> domain.destroy();
            case DOMAIN_GET_SCHEDULER_PARAMETERS -> domain.getSchedulerParameters(null, 0, Domain.AFFECT_CURRENT);
            case DOMAIN_GET_VCPU_PIN_INFO -> domain.getVcpuPinInfo(Domain.AFFECT_CURRENT);
        }
    }
}
