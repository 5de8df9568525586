package dev.vireo.driver.libvirt;

import dev.vireo.driver.libvirt.binding.DomainIdentity;
import dev.vireo.driver.libvirt.binding.DomainLookups;
import dev.vireo.driver.libvirt.binding.NativeConnection;
import dev.vireo.driver.libvirt.binding.NativeDomain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * libvirt's references to the running domains for one side connection, kept as long as that is: one request lists them all,
 * where a look-up is one for each. Not thread-safe, as a side connection has one user at a time.
 */
final class SideDomains implements AutoCloseable {
    private final DomainLookups lookups;
    private final Map<DomainIdentity, NativeDomain> running = new HashMap<>();

    SideDomains(NativeConnection connection) {
        lookups = new DomainLookups(connection);
    }

    /**
     * Finds runs. One that is kept may have ended meanwhile, and its domain run again: whoever asks compares who answers.
     *
     * @param runs which
     * @return those of them that are found
     */
    List<NativeDomain> of(List<DomainIdentity> runs) {
        if (!running.keySet().containsAll(runs)) {
            listAgain();
        }
        return runs.stream().map(running::get).filter(Objects::nonNull).toList();
    }

    private void listAgain() {
        close();
        for (NativeDomain domain : lookups.listActive()) {
            running.put(domain.identity(), domain);
        }
    }

    /** Gives all references back; their connection is closed after that. */
    @Override
    public void close() {
        running.values().forEach(NativeDomain::close);
        running.clear();
    }
}
