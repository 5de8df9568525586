package dev.vireo.monitor;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.HypervisorException;
import dev.vireo.NodeCpuMap;
import dev.vireo.Operation;
import dev.vireo.Reading;

/** Which CPUs the host has, asked anew from time to time: CPUs are plugged rarely. Thread-safe. */
final class HostCpus {
    private static final int UNKNOWN = -1;

    private final Connection connection;
    private final long lastsNanos;
    private volatile Reading online = Reading.unavailable("it has not been asked for yet");
    private volatile int ids = UNKNOWN;
    private volatile boolean isAsked;
    private volatile long askedAt;

    HostCpus(SamplerSettings settings) {
        connection = settings.connection();
        lastsNanos = settings.rescanNanos();
    }

    /** Asks the host if that was long ago; called where a call may hang. */
    void refresh(long now) {
        if (isAsked && now - askedAt < lastsNanos) {
            return;
        }
        askedAt = now;
        isAsked = true;
        ids = UNKNOWN;
        if (!connection.supports(Operation.NODE_GET_CPU_MAP)) {
            online = Reading.unavailable("the driver " + connection.driverName() + " does not tell the host's CPUs");
            return;
        }
        try {
            NodeCpuMap map = connection.getNodeCpuMap();
            ids = map.size();
            online = map.onlineCount() > 0
                    ? Reading.of(map.onlineCount())
                    : Reading.unavailable("the host tells of no CPU that is online");
        } catch (HypervisorException error) {
            online = Reading.unavailable(Failures.reason(error));
        }
    }

    /** Returns how many CPUs are online. */
    Reading online() {
        return online;
    }

    /** Returns how many ids there are; a domain is asked where the host does not tell. */
    int ids(Domain domain) {
        int known = ids;
        if (known == UNKNOWN) {
            known = domain.getCpuStats(null, 0, 0, 0, 0);
            ids = known;
        }
        return known;
    }
}
