package dev.vireo.exporter.prometheus;

import dev.vireo.ConnectionUri;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import dev.vireo.spi.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A host with one domain whose times per host CPU are counted since a program was attached, its total since its start. */
final class AttachedDriver implements HypervisorDriver {
    static final Instant ATTACHED = Instant.parse("2026-11-26T12:00:00.250Z");
    static final UUID ID = UUID.fromString("11111111-2222-3333-4444-555555555555");

    private static final CpuStatsOrigin COUNTED = CpuStatsOrigin.from("counted")
            .since(CpuStatsOrigin.Since.ATTACHED, ATTACHED)
            .build();
    private static final CpuStatsOrigin FROM_THE_START =
            CpuStatsOrigin.from("read").build();

    private record Guest(int id, String name, UUID uuid) implements DomainRef {}

    @Override
    public String name() {
        return "attached";
    }

    @Override
    public Set<String> uriSchemes() {
        return Set.of("attached");
    }

    @Override
    public int level() {
        return LEVEL;
    }

    @Override
    public Set<Operation> operations() {
        return Set.of(Operation.CONNECT_GET_ALL_DOMAIN_STATS);
    }

    @Override
    public Optional<ConnectionUri> probe() {
        return Optional.empty();
    }

    @Override
    public OpenResult open(ConnectionUri uri, OpenOptions options) {
        return OpenResult.opened(new Session());
    }

    private static final class Session implements DriverSession {
        private final Guest guest = new Guest(1, "guest", ID);

        private void tell(
                @Nullable List<? extends DomainRef> domains,
                Set<StatsGroup> groups,
                DomainStatsVisitor out,
                int flags) {
            out.domain(guest, DomainState.RUNNING);
            out.origin(StatsGroup.CPU_TOTAL, FROM_THE_START);
            out.value(Statistic.CPU_TIME, 0, 3_000_000_000L);
            out.origin(StatsGroup.HOST_CPU, COUNTED);
            out.value(Statistic.HOST_CPU_TIME, 0, 1_000_000_000L);
        }

        @Override
        public DriverTable table() {
            return DriverTable.builder()
                    .with(Slot.CONNECT_GET_ALL_DOMAIN_STATS, this::tell)
                    .build();
        }

        @Override
        public List<? extends DomainRef> listDomains() {
            return List.of(guest);
        }

        @Override
        public List<? extends DomainRef> findByName(String name) {
            return List.of();
        }

        @Override
        public @Nullable DomainRef findById(int id) {
            return null;
        }

        @Override
        public @Nullable DomainRef findByUuid(UUID uuid) {
            return null;
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public void close() {}
    }
}
