package dev.vireo.spi;

import dev.vireo.ConnectionUri;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import java.util.Optional;
import java.util.Set;

/**
 * A hypervisor backend. It is found by {@link java.util.ServiceLoader} or handed to
 * {@link dev.vireo.Drivers#with(HypervisorDriver)}.
 *
 * <p>All methods but {@link #open} and {@link #probe()} are called often, before any connection: they must be quick, need
 * no native code and no hypervisor. Implementations are thread-safe. In libvirt this is {@code virConnectDriver}.
 */
public interface HypervisorDriver {
    /**
     * The newest level of this interface. A compile-time constant: a jar keeps the level that it was compiled against.
     */
    int LEVEL = 2;

    /**
     * Returns the driver's name, which is also the origin of its errors.
     *
     * @return for instance {@code QEMU-cgroup}
     */
    String name();

    /**
     * Returns the URI schemes that this driver opens.
     *
     * @return lower-case schemes, for instance {@code qemu+cgroup}
     */
    Set<String> uriSchemes();

    /**
     * Returns the level that the driver was compiled against. Implement it as {@code return LEVEL;}.
     *
     * @return the level; a driver of a later level than the library's is declined
     */
    int level();

    /**
     * Returns all that the driver can ever do. A connection's table holds some or all of it, never more.
     *
     * @return the operations
     */
    Set<Operation> operations();

    /**
     * Returns how early this driver is asked when no URI is given.
     *
     * @return higher comes first; equal ones are asked in the order of their names
     */
    default int priority() {
        return 0;
    }

    /**
     * Looks whether this driver's hypervisor is here. Asked only when no URI is given.
     *
     * @return the URI to open, empty if there is nothing here
     */
    Optional<ConnectionUri> probe();

    /**
     * Opens a connection. Native code is loaded here, never before.
     *
     * @param uri a URI of one of the {@linkplain #uriSchemes() schemes}
     * @param options how to open it
     * @return {@link OpenResult#opened} or, where this host lacks what the driver needs, {@link OpenResult#declined}
     * @throws HypervisorException where the URI is this driver's and opening it failed, so that no other is asked
     */
    OpenResult open(ConnectionUri uri, OpenOptions options);
}
