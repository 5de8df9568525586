package dev.vireo.driver.libvirt;

import dev.vireo.DomainEvent;
import dev.vireo.DomainRef;
import dev.vireo.driver.libvirt.binding.DomainIdentity;
import dev.vireo.driver.libvirt.binding.LifecycleEvents;
import dev.vireo.spi.DomainEventSink;
import dev.vireo.spi.Registration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes libvirt's events: notes which runs may have ended, and hands events on while somebody wants them. Thread-safe. */
final class Lifecycle implements LifecycleEvents.Listener {
    // in the order of libvirt's numbers; the last one is ours
    private static final List<DomainEvent.Type> TYPES =
            List.of(DomainEvent.Type.values()).subList(0, DomainEvent.Type.EVENTS_LOST.ordinal());

    private final KnownDomains known;
    private volatile @Nullable DomainEventSink sink;

    Lifecycle(KnownDomains known) {
        this.known = known;
    }

    Registration register(DomainEventSink taker) {
        sink = taker;
        return () -> sink = null;
    }

    @Override
    public void event(DomainIdentity domain, int event) {
        if (event < 0 || event >= TYPES.size()) {
            return;
        }
        DomainEvent.Type type = TYPES.get(event);
        if (type == DomainEvent.Type.STARTED || type == DomainEvent.Type.STOPPED) {
            known.ofUuid(domain.uuid()).forEach(LibvirtDomain::doubt);
        }
        DomainEventSink taker = sink;
        if (taker != null) {
            taker.event(type == DomainEvent.Type.STOPPED ? whoEnded(domain) : known.of(domain), type);
        }
    }

    /** libvirt has forgotten the id of a run that has ended; somebody here may still know it. */
    private DomainRef whoEnded(DomainIdentity domain) {
        return known.ofUuid(domain.uuid()).stream()
                .filter(run -> run.id() >= 0 && !run.hasEnded())
                .max(Comparator.comparingInt(LibvirtDomain::id))
                .orElseGet(() -> known.of(domain));
    }
}
