package dev.vireo.spi;

import dev.vireo.DomainRef;
import dev.vireo.HypervisorException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One open connection of a driver: what every driver must do, and the table of what it can do besides.
 *
 * <p>All methods but {@link #close()} may be called by several threads at once. Any of them may throw a
 * {@link HypervisorException}.
 */
public interface DriverSession extends AutoCloseable {
    /**
     * Returns what this connection can do. Called once, after open.
     *
     * @return the table, its operations all among the driver's
     */
    DriverTable table();

    /**
     * Lists the running domains.
     *
     * @return the domains, each run of a guest the same or an equal object as in earlier answers
     */
    List<? extends DomainRef> listDomains();

    /**
     * Finds domains by name, also those that are not running.
     *
     * @param name the exact name
     * @return all that have it, empty if there is none
     */
    List<? extends DomainRef> findByName(String name);

    /**
     * Finds a running domain by its id.
     *
     * @param id the id
     * @return the domain, null if there is none
     */
    @Nullable DomainRef findById(int id);

    /**
     * Finds a domain by its uuid, also if it is not running.
     *
     * @param uuid the uuid
     * @return the domain, null if there is none
     * @throws HypervisorException {@link dev.vireo.ErrorCode#MULTIPLE_DOMAINS}, naming them, if several have it
     */
    @Nullable DomainRef findByUuid(UUID uuid);

    /**
     * Tells whether the hypervisor still answers.
     *
     * @return whether the next call has a chance
     */
    boolean isAlive();

    /**
     * Frees all that the session holds. Called exactly once, when no other method runs and none will.
     */
    @Override
    void close();
}
