package dev.vireo.driver.libvirt;

import dev.vireo.DomainRef;
import dev.vireo.driver.libvirt.binding.DomainIdentity;
import dev.vireo.driver.libvirt.binding.NativeDomain;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run of a libvirt domain, or a domain that is not running.
 *
 * <p>libvirt itself knows a domain by its uuid and would answer for the next run; events say when it is to be asked
 * whether the run is still the same. Thread-safe.
 */
final class LibvirtDomain implements DomainRef {
    private final DomainIdentity identity;
    // whoever gives it back in the end must not hold on to this object
    private final AtomicReference<@Nullable NativeDomain> handle;
    private final AtomicInteger doubts = new AtomicInteger();
    private volatile int settled;
    private volatile boolean ended;

    LibvirtDomain(DomainIdentity identity, AtomicReference<@Nullable NativeDomain> handle) {
        this.identity = identity;
        this.handle = handle;
    }

    @Override
    public int id() {
        return identity.id();
    }

    @Override
    public String name() {
        return identity.name();
    }

    @Override
    public UUID uuid() {
        return identity.uuid();
    }

    DomainIdentity identity() {
        return identity;
    }

    /** Tells whether libvirt's own reference is there; a bulk read brings none. */
    boolean hasHandle() {
        return handle.get() != null;
    }

    /** Takes a reference over, unless there is one already. */
    void setHandle(NativeDomain found) {
        if (!handle.compareAndSet(null, found)) {
            found.close();
        }
    }

    NativeDomain handle() {
        return Objects.requireNonNull(handle.get());
    }

    /** Says that another run may have taken this one's place. */
    void doubt() {
        doubts.incrementAndGet();
    }

    boolean isDoubtful() {
        return settled != doubts.get();
    }

    /** Returns how often it was doubted so far, for {@link #settle}. */
    int doubts() {
        return doubts.get();
    }

    /** Says that this run was still the present one after so many doubts; later ones stand. */
    void settle(int known) {
        settled = known;
    }

    boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    @Override
    public String toString() {
        return identity.toString();
    }
}
