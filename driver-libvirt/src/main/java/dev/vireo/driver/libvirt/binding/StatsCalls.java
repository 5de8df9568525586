package dev.vireo.driver.libvirt.binding;

import java.util.List;

/**
 * libvirt's statistics in bulk, {@code virConnectGetAllDomainStats}. They ask each guest's monitor, which costs the guest
 * about a millisecond of CPU time and blocks while it hangs; {@code NOWAIT} keeps a call from waiting for another one,
 * not from waiting for the guest. Thread-safe.
 */
public final class StatsCalls {
    /** The function that came last of those that this needs. */
    public static final String NEEDED = "virDomainListGetStats";

    private static final int STATE = 1;
    private static final int CPU_TOTAL = 1 << 1;
    private static final int VCPU = 1 << 3;
    private static final int ACTIVE = 1;
    private static final int NOWAIT = 1 << 29;

    private StatsCalls() {}

    /**
     * Reads the vCPUs of domains, one domain after the other.
     *
     * @param domains which, of one connection
     * @return a record for each that has not ended; to be closed
     */
    public static StatsRecords vcpus(List<NativeDomain> domains) {
        if (domains.isEmpty()) {
            return new StatsRecords(0, 0); // libvirt would call that an error
        }
        // what is answered, and the domains with a null behind them
        Scratch scratch = new Scratch((domains.size() + 2) * Long.BYTES);
        for (int i = 0; i < domains.size(); i++) {
            scratch.bytes().putLong((i + 1) * Long.BYTES, domains.get(i).address());
        }
        int count =
                VirtBulk.virDomainListGetStats(scratch.address() + Long.BYTES, STATE | VCPU, scratch.address(), NOWAIT);
        return records(count, "virDomainListGetStats", scratch.bytes().getLong(0));
    }

    /**
     * Reads all running domains in one call.
     *
     * @param connection whose
     * @param vcpus whether vCPUs are asked for, too
     * @return a record for each; to be closed
     */
    public static StatsRecords all(NativeConnection connection, boolean vcpus) {
        Scratch scratch = new Scratch(Long.BYTES);
        int groups = STATE | CPU_TOTAL | (vcpus ? VCPU : 0);
        int count =
                VirtBulk.virConnectGetAllDomainStats(connection.address(), groups, scratch.address(), ACTIVE | NOWAIT);
        return records(count, "virConnectGetAllDomainStats", scratch.bytes().getLong(0));
    }

    private static StatsRecords records(int count, String function, long array) {
        return new StatsRecords(array, LastError.checked(count, function));
    }
}
