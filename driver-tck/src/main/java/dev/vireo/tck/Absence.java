package dev.vireo.tck;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.Operation;

/** What an operation answers that a connection does not have. */
final class Absence {
    private Absence() {}

    /** Requires that it answers {@code NO_SUPPORT}: to a caller who may write, if it writes. */
    static void require(Operation operation, ContractScene scene) throws Exception {
        Opening opening = scene.freshOpening();
        boolean writes = operation.access() == Operation.Access.WRITES;
        try (Connection connection = writes ? opening.openToWrite() : opening.open()) {
            Checks.require(
                    !connection.supports(operation),
                    "one connection has " + operation + " and another one to the same hypervisor has not");
            Domain domain = scene.domainOf(connection);
            Checks.fails(
                    ErrorCode.NO_SUPPORT, operation.name(), () -> OperationCalls.call(operation, connection, domain));
        }
    }
}
