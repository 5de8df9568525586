package dev.vireo.examples.uml;

import dev.vireo.ConnectionUri;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import dev.vireo.spi.UriOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens {@code uml:///DIR}: the User-mode Linux guests that were started with {@code uml_dir=DIR umid=NAME}. Found by
 * {@link java.util.ServiceLoader}. Thread-safe.
 */
public final class UmlDriver implements HypervisorDriver {
    static final String NAME = "UML";

    private static final Path PROC = Path.of("/proc");

    /** Called by {@link java.util.ServiceLoader}. */
    public UmlDriver() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> uriSchemes() {
        return Set.of("uml");
    }

    @Override
    public int level() {
        return LEVEL;
    }

    @Override
    public Set<Operation> operations() {
        return Set.of(Operation.DOMAIN_GET_INFO, Operation.DOMAIN_GET_CPU_STATS);
    }

    /**
     * Finds nothing: guests may lie in any directory, and only the user knows which.
     *
     * @return empty
     */
    @Override
    public Optional<ConnectionUri> probe() {
        return Optional.empty();
    }

    @Override
    public OpenResult open(ConnectionUri uri, OpenOptions options) {
        uri.requireLocal(uri.path()); // any path, but no host
        UriOptions.read(uri, NAME, List.of());
        if (!Files.exists(PROC.resolve("self/stat"))) {
            return OpenResult.declined("there is no /proc/self/stat: this is not Linux, or procfs is not mounted");
        }
        File directory = new File(uri.path());
        if (!directory.isDirectory()) {
            throw HypervisorException.of(
                    ErrorCode.INVALID_ARG,
                    NAME,
                    "'" + uri
                            + "' does not name a directory; write uml:///DIR, where DIR is the uml_dir of the guests");
        }
        return OpenResult.opened(new UmlSession(directory.toPath(), PROC));
    }
}
