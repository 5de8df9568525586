package ${package};

import dev.vireo.ConnectionUri;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.spi.OpenResult;
import dev.vireo.spi.UriOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens {@code ${scheme}:///}. Found by {@link java.util.ServiceLoader}. */
public final class ${driver}Driver implements dev.vireo.spi.HypervisorDriver {
    private final Hypervisor hypervisor;

    public ${driver}Driver() { this(new Hypervisor(System::nanoTime)); }

    ${driver}Driver(Hypervisor hypervisor) { this.hypervisor = hypervisor; }

    @Override public String name() { return "${scheme}"; }

    @Override public Set<String> uriSchemes() { return Set.of("${scheme}"); }

    @Override public int level() { return LEVEL; }

    /** All that any connection can do; a connection's table may have less. */
    @Override public Set<Operation> operations() { return Set.of(Operation.DOMAIN_GET_CPU_STATS); }

    /** Asked when no URI is given: return a URI once there is a real hypervisor to look for. */
    @Override public Optional<ConnectionUri> probe() { return Optional.empty(); }

    @Override
    public OpenResult open(ConnectionUri uri, OpenOptions options) {
        UriOptions.read(uri, name(), List.of()); // refuses options that there are not
        return OpenResult.opened(new ${driver}Session(hypervisor));
    }
}
