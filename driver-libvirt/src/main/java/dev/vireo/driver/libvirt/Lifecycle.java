package dev.vireo.driver.libvirt;

import dev.vireo.DomainEvent;
import dev.vireo.DomainRef;
import dev.vireo.driver.libvirt.binding.LifecycleEvents;
import dev.vireo.driver.libvirt.binding.NativeDomain;
import dev.vireo.spi.DomainEventSink;
import dev.vireo.spi.Registration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    public void event(NativeDomain handle, int event) {
        if (event < 0 || event >= TYPES.size()) {
            handle.close();
            return;
        }
        DomainEvent.Type type = TYPES.get(event);
        if (type == DomainEvent.Type.STARTED || type == DomainEvent.Type.STOPPED) {
            known.ofUuid(handle.identity().uuid()).forEach(LibvirtDomain::doubt);
        }
        DomainEventSink taker = sink;
        if (taker == null) {
            handle.close();
        } else {
            taker.event(type == DomainEvent.Type.STOPPED ? whoEnded(handle) : known.adopt(handle), type);
        }
    }

    /** libvirt has forgotten the id of a run that has ended; somebody here may still know it. */
    private DomainRef whoEnded(NativeDomain handle) {
        Optional<LibvirtDomain> last = known.ofUuid(handle.identity().uuid()).stream()
                .filter(domain -> domain.id() >= 0 && !domain.hasEnded())
                .max(Comparator.comparingInt(LibvirtDomain::id));
        if (last.isPresent()) {
            handle.close();
            return last.get();
        }
        return known.adopt(handle);
    }
}
