package dev.vireo.driver.libvirt;

import dev.vireo.driver.libvirt.binding.DomainIdentity;
import dev.vireo.driver.libvirt.binding.NativeDomain;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The domains of a connection that somebody holds: one object for each run, and one reference of libvirt's behind it,
 * which is given back when nobody holds the object any more, at the latest when the connection closes. Thread-safe.
 */
final class KnownDomains {
    private static final class Entry extends WeakReference<LibvirtDomain> {
        private final UUID uuid;
        private final AtomicReference<@Nullable NativeDomain> handle;

        Entry(
                LibvirtDomain domain,
                AtomicReference<@Nullable NativeDomain> handle,
                ReferenceQueue<LibvirtDomain> forgotten) {
            super(domain, forgotten);
            this.uuid = domain.uuid();
            this.handle = handle;
        }

        void giveBack() {
            NativeDomain domain = handle.get();
            if (domain != null) {
                domain.close();
            }
        }
    }

    private final Map<UUID, List<Entry>> entries = new HashMap<>();
    private final ReferenceQueue<LibvirtDomain> forgotten = new ReferenceQueue<>();

    /** Takes a reference over and returns the object for its run, the same one as before if somebody holds it. */
    synchronized LibvirtDomain adopt(NativeDomain handle) {
        LibvirtDomain domain = of(handle.identity());
        domain.setHandle(handle);
        return domain;
    }

    /** Returns the object for a run, the same one as before if somebody holds it; other runs of its uuid are doubtful. */
    synchronized LibvirtDomain of(DomainIdentity identity) {
        giveBackForgotten();
        LibvirtDomain same = null;
        for (LibvirtDomain domain : ofUuid(identity.uuid())) {
            if (domain.id() != identity.id()) {
                domain.doubt();
            } else if (!domain.hasEnded()) {
                same = domain;
            }
        }
        return same == null ? make(identity) : same;
    }

    /** Returns the objects for all runs of a uuid that somebody holds. */
    synchronized List<LibvirtDomain> ofUuid(UUID uuid) {
        List<LibvirtDomain> domains = new ArrayList<>(1);
        for (Entry entry : entries.getOrDefault(uuid, List.of())) {
            LibvirtDomain domain = entry.get();
            if (domain != null) {
                domains.add(domain);
            }
        }
        return domains;
    }

    /** Gives all references back. */
    synchronized void close() {
        entries.values().forEach(ofUuid -> ofUuid.forEach(Entry::giveBack));
        entries.clear();
    }

    private LibvirtDomain make(DomainIdentity identity) {
        AtomicReference<@Nullable NativeDomain> handle = new AtomicReference<>();
        LibvirtDomain domain = new LibvirtDomain(identity, handle);
        entries.computeIfAbsent(identity.uuid(), none -> new ArrayList<>(1)).add(new Entry(domain, handle, forgotten));
        return domain;
    }

    private void giveBackForgotten() {
        while (forgotten.poll() instanceof Entry entry) {
            entry.giveBack();
            entries.computeIfPresent(entry.uuid, (uuid, ofUuid) -> {
                ofUuid.remove(entry);
                return ofUuid.isEmpty() ? null : ofUuid;
            });
        }
    }
}
