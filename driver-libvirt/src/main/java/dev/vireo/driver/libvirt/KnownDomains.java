package dev.vireo.driver.libvirt;

import dev.vireo.driver.libvirt.binding.DomainIdentity;
import dev.vireo.driver.libvirt.binding.NativeDomain;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The domains of a connection that somebody holds: one object for each run, and one reference of libvirt's behind it,
 * which is given back when nobody holds the object any more, at the latest when the connection closes. Thread-safe.
 */
final class KnownDomains {
    private record Run(UUID uuid, int id) {}

    private static final class Entry extends WeakReference<LibvirtDomain> {
        private final Run run;
        private final AtomicReference<@Nullable NativeDomain> handle;

        Entry(
                LibvirtDomain domain,
                AtomicReference<@Nullable NativeDomain> handle,
                ReferenceQueue<LibvirtDomain> forgotten) {
            super(domain, forgotten);
            this.run = new Run(domain.uuid(), domain.id());
            this.handle = handle;
        }

        void giveBack() {
            NativeDomain domain = handle.get();
            if (domain != null) {
                domain.close();
            }
        }
    }

    private final Map<Run, Entry> newest = new HashMap<>();
    // a run that has ended may still be held when another one has its place
    private final Set<Entry> entries = new HashSet<>();
    private final ReferenceQueue<LibvirtDomain> forgotten = new ReferenceQueue<>();
    private boolean closed;

    /** Takes a reference over and returns the object for its run, the same one as before if somebody holds it. */
    synchronized LibvirtDomain adopt(NativeDomain handle) {
        LibvirtDomain domain = of(handle.identity());
        if (closed) {
            // an event that was under way when the connection closed
            handle.close();
        } else {
            domain.setHandle(handle);
        }
        return domain;
    }

    /** Returns the object for a run, the same one as before if somebody holds it. */
    synchronized LibvirtDomain of(DomainIdentity identity) {
        giveBackForgotten();
        Entry entry = newest.get(new Run(identity.uuid(), identity.id()));
        LibvirtDomain known = entry == null ? null : entry.get();
        return known == null || known.hasEnded() ? make(identity) : known;
    }

    /** Returns the objects for all runs of a uuid that somebody holds. */
    synchronized List<LibvirtDomain> ofUuid(UUID uuid) {
        List<LibvirtDomain> domains = new ArrayList<>();
        for (Entry entry : entries) {
            LibvirtDomain domain = entry.run.uuid().equals(uuid) ? entry.get() : null;
            if (domain != null) {
                domains.add(domain);
            }
        }
        return domains;
    }

    /** Gives all references back. */
    synchronized void close() {
        closed = true;
        entries.forEach(Entry::giveBack);
        entries.clear();
        newest.clear();
    }

    private LibvirtDomain make(DomainIdentity identity) {
        AtomicReference<@Nullable NativeDomain> handle = new AtomicReference<>();
        LibvirtDomain domain = new LibvirtDomain(identity, handle);
        Entry entry = new Entry(domain, handle, forgotten);
        newest.put(entry.run, entry);
        entries.add(entry);
        return domain;
    }

    private void giveBackForgotten() {
        while (forgotten.poll() instanceof Entry entry) {
            entry.giveBack();
            entries.remove(entry);
            newest.remove(entry.run, entry);
        }
    }
}
