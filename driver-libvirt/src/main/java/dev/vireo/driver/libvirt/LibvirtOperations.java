package dev.vireo.driver.libvirt;

import dev.vireo.Operation;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/** What can be done, by what the library has. Whether a hypervisor can do it, libvirt says when it is asked. */
final class LibvirtOperations {
    /** All that any libvirt has. */
    static final Set<Operation> ALL = Set.of(
            Operation.CONNECT_GET_HOSTNAME,
            Operation.CONNECT_GET_VERSION,
            Operation.CONNECT_GET_ALL_DOMAIN_STATS,
            Operation.CONNECT_DOMAIN_EVENT_REGISTER,
            Operation.NODE_GET_INFO,
            Operation.NODE_GET_CPU_MAP,
            Operation.NODE_GET_CPU_STATS,
            Operation.DOMAIN_GET_INFO,
            Operation.DOMAIN_GET_CPU_STATS,
            Operation.DOMAIN_GET_VCPUS,
            Operation.DOMAIN_SUSPEND,
            Operation.DOMAIN_RESUME,
            Operation.DOMAIN_DESTROY,
            Operation.DOMAIN_GET_SCHEDULER_PARAMETERS,
            Operation.DOMAIN_GET_VCPU_PIN_INFO);

    private LibvirtOperations() {}

    /**
     * Returns what a connection can do.
     *
     * @param library tells whether the library has a function
     * @param hasEvents whether the connection delivers events
     */
    static Set<Operation> of(Predicate<String> library, boolean hasEvents) {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        for (Operation operation : ALL) {
            boolean isThere = operation == Operation.CONNECT_DOMAIN_EVENT_REGISTER
                    ? hasEvents
                    : library.test(function(operation));
            if (isThere) {
                operations.add(operation);
            }
        }
        return operations;
    }

    /** Returns the function without which the operation cannot be done. */
    private static String function(Operation operation) {
        return switch (operation) {
            // totals are read one by one, and vCPUs too where there is no bulk call
            case CONNECT_GET_ALL_DOMAIN_STATS -> "virDomainGetCPUStats";
            // maps of CPUs are as long as the host has ids, which is newer
            case DOMAIN_GET_VCPU_PIN_INFO -> "virNodeGetCPUMap";
            default -> operation.libvirtName().orElseThrow();
        };
    }
}
