package dev.vireo.driver.libvirt;

import dev.vireo.DomainRef;
import dev.vireo.driver.libvirt.binding.NativeDomain;
import java.util.UUID;

/**
 * One run of a libvirt domain, or a domain that is not running.
 *
 * <p>libvirt itself knows a domain by its uuid and would answer for the next run; events say when it is to be asked
 * whether the run is still the same.
 */
final class LibvirtDomain implements DomainRef {
    private final NativeDomain handle;
    private final String name;
    private volatile boolean doubtful;
    private volatile boolean ended;

    LibvirtDomain(NativeDomain handle) {
        this.handle = handle;
        this.name = handle.name();
    }

    @Override
    public int id() {
        return handle.id();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public UUID uuid() {
        return handle.uuid();
    }

    NativeDomain handle() {
        return handle;
    }

    boolean isDoubtful() {
        return doubtful;
    }

    /** Says whether it must be asked if this run is still the same. */
    void setDoubtful(boolean value) {
        doubtful = value;
    }

    boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    @Override
    public String toString() {
        return "'" + name + "' (id " + id() + ", uuid " + uuid() + ")";
    }
}
