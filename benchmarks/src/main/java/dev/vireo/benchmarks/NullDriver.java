package dev.vireo.benchmarks;

import dev.vireo.ConnectionUri;
import dev.vireo.DomainRef;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.spi.DomainGetCpuStats;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import dev.vireo.spi.Slot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A driver with one domain and one operation, which a benchmark supplies: what is left is the dispatch. */
final class NullDriver implements HypervisorDriver {
    private record Ref(int id, String name, UUID uuid) implements DomainRef {}

    private static final Ref DOMAIN = new Ref(1, "null", new UUID(0, 1));

    private final DomainGetCpuStats function;

    NullDriver(DomainGetCpuStats function) {
        this.function = function;
    }

    @Override
    public String name() {
        return "null";
    }

    @Override
    public Set<String> uriSchemes() {
        return Set.of("null");
    }

    @Override
    public int level() {
        return LEVEL;
    }

    @Override
    public Set<Operation> operations() {
        return Set.of(Operation.DOMAIN_GET_CPU_STATS);
    }

    @Override
    public Optional<ConnectionUri> probe() {
        return Optional.empty();
    }

    @Override
    public OpenResult open(ConnectionUri uri, OpenOptions options) {
        return OpenResult.opened(new Session());
    }

    private final class Session implements DriverSession {
        @Override
        public DriverTable table() {
            return DriverTable.builder()
                    .with(Slot.DOMAIN_GET_CPU_STATS, function)
                    .build();
        }

        @Override
        public List<Ref> listDomains() {
            return List.of(DOMAIN);
        }

        @Override
        public List<Ref> findByName(String name) {
            return listDomains();
        }

        @Override
        public @Nullable DomainRef findById(int id) {
            return DOMAIN;
        }

        @Override
        public @Nullable DomainRef findByUuid(UUID uuid) {
            return DOMAIN;
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public void close() {}
    }
}
