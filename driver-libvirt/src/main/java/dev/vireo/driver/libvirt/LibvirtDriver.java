package dev.vireo.driver.libvirt;

import dev.vireo.ConnectionUri;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.driver.libvirt.binding.LastError;
import dev.vireo.driver.libvirt.binding.LibvirtLibrary;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import java.util.Optional;
import java.util.Set;

/**
 * The driver of {@code libvirt:URI}, which hands the URI to libvirt as it is, and of libvirt's own URIs, such as
 * {@code qemu:///system} and {@code qemu+ssh://host/system}. Those take three options that libvirt never sees:
 *
 * <table>
 * <caption>Options</caption>
 * <tr><th>option</th><th>value</th><th>meaning</th></tr>
 * <tr><td>{@code timeout}</td><td>such as {@code 2s} or {@code 500ms}, else none</td>
 *     <td>how long a call may take, opening included; past it, {@code OPERATION_TIMEOUT}</td></tr>
 * <tr><td>{@code keepalive-interval}</td><td>whole seconds such as {@code 5s}, the default; {@code 0s} for never</td>
 *     <td>how long the daemon may be silent before it is asked whether it is still there</td></tr>
 * <tr><td>{@code keepalive-count}</td><td>1 to 1000, else 5</td><td>how often it is asked in vain</td></tr>
 * </table>
 */
public final class LibvirtDriver implements HypervisorDriver {
    private static final Set<String> SCHEMES = LibvirtSchemes.all();

    /** Called by {@link java.util.ServiceLoader}. */
    public LibvirtDriver() {}

    @Override
    public String name() {
        return LastError.ORIGIN;
    }

    @Override
    public Set<String> uriSchemes() {
        return SCHEMES;
    }

    @Override
    public int level() {
        return LEVEL;
    }

    @Override
    public Set<Operation> operations() {
        return LibvirtOperations.ALL;
    }

    @Override
    public int priority() {
        return 50;
    }

    /** Answers where a daemon listens on this host, or where the user has named libvirt's default. */
    @Override
    public Optional<ConnectionUri> probe() {
        return LocalDaemons.arePresent(System.getenv())
                ? Optional.of(ConnectionUri.parse(LibvirtSchemes.UNTOUCHED + ":"))
                : Optional.empty();
    }

    @Override
    public OpenResult open(ConnectionUri uri, OpenOptions options) {
        LibvirtUri parsed = LibvirtUri.of(uri);
        try {
            LibvirtLibrary library = LibvirtLibrary.load();
            return OpenResult.opened(LibvirtSession.open(library, parsed, options));
        } catch (LibvirtLibrary.UnusableException unusable) {
            return OpenResult.declined(String.valueOf(unusable.getMessage()));
        } catch (HypervisorException failed) {
            throw OpeningAdvice.added(failed, parsed, options);
        }
    }
}
