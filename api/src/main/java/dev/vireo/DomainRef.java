package dev.vireo;

import java.util.UUID;

/**
 * Identifies one run of a guest. A driver implements it with a class of its own and gets its own objects back.
 *
 * <p>After the run has ended the reference stays dead, also when the same uuid runs again. Implementations are
 * immutable as far as these three methods tell, and thread-safe.
 */
public interface DomainRef {
    /**
     * Returns the number of this run on its host.
     *
     * @return libvirt's id where libvirt runs the guest, else the process id; -1 for a domain that is not running
     */
    int id();

    /**
     * Returns the domain's name.
     *
     * @return the name, which may hold any character; names need not be unique
     */
    String name();

    /**
     * Returns the domain's uuid.
     *
     * @return the uuid
     */
    UUID uuid();
}
