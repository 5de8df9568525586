package dev.vireo.driver.libvirt;

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
import org.jspecify.annotations.Nullable;

/**
 * The domains of a connection that somebody holds: one object for each run, and one reference of libvirt's behind it,
 * which is given back when nobody holds the object any more, at the latest when the connection closes. Thread-safe.
 */
final class KnownDomains {
    private record Run(UUID uuid, int id) {}

    private static final class Entry extends WeakReference<LibvirtDomain> {
        private final Run run;
        private final NativeDomain handle;

        Entry(LibvirtDomain domain, Run run, ReferenceQueue<LibvirtDomain> forgotten) {
            super(domain, forgotten);
            this.run = run;
            this.handle = domain.handle();
        }
    }

    private final Map<Run, Entry> newest = new HashMap<>();
    // a run that has ended may still be held when another one has its place
    private final Set<Entry> entries = new HashSet<>();
    private final ReferenceQueue<LibvirtDomain> forgotten = new ReferenceQueue<>();
    private boolean closed;

    /** Takes a reference over and returns the object for its run, the same one as before if somebody holds it. */
    synchronized LibvirtDomain adopt(NativeDomain handle) {
        giveBackForgotten();
        Run run = new Run(handle.uuid(), handle.id());
        LibvirtDomain known = get(run);
        if (known != null && !known.hasEnded()) {
            handle.close();
            return known;
        }
        LibvirtDomain domain = new LibvirtDomain(handle);
        if (closed) {
            // an event that was under way when the connection closed
            handle.close();
        } else {
            Entry entry = new Entry(domain, run, forgotten);
            newest.put(run, entry);
            entries.add(entry);
        }
        return domain;
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
        entries.forEach(entry -> entry.handle.close());
        entries.clear();
        newest.clear();
    }

    private @Nullable LibvirtDomain get(Run run) {
        Entry entry = newest.get(run);
        return entry == null ? null : entry.get();
    }

    private void giveBackForgotten() {
        while (forgotten.poll() instanceof Entry entry) {
            entry.handle.close();
            entries.remove(entry);
            newest.remove(entry.run, entry);
        }
    }
}
