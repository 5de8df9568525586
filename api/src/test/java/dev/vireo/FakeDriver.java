package dev.vireo;

import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A real driver whose table a test fills, and which remembers how often its session was closed. */
final class FakeDriver implements HypervisorDriver {
    /** A domain that consists of its names. */
    record Ref(int id, String name, UUID uuid) implements DomainRef {
        static Ref named(int id, String name) {
            return new Ref(id, name, UUID.nameUUIDFromBytes(new byte[] {(byte) id}));
        }
    }

    final List<Ref> domains = new ArrayList<>(List.of(Ref.named(1, "one")));
    final AtomicInteger closed = new AtomicInteger();
    private final String name;
    private final String scheme;
    private final DriverTable table;
    private Set<Operation> operations = EnumSet.allOf(Operation.class);
    private int priority;
    private int level = LEVEL;
    private Supplier<Optional<ConnectionUri>> probe = Optional::empty;
    private Supplier<OpenResult> open = () -> OpenResult.opened(session());

    FakeDriver(String name, DriverTable table) {
        this.name = name;
        this.scheme = name;
        this.table = table;
    }

    static FakeDriver with(DriverTable.Builder table) {
        return new FakeDriver("fake", table.build());
    }

    FakeDriver priority(int newPriority) {
        priority = newPriority;
        return this;
    }

    FakeDriver level(int newLevel) {
        level = newLevel;
        return this;
    }

    FakeDriver operations(Set<Operation> newOperations) {
        operations = newOperations;
        return this;
    }

    FakeDriver probing(Supplier<Optional<ConnectionUri>> newProbe) {
        probe = newProbe;
        return this;
    }

    FakeDriver here() {
        return probing(() -> Optional.of(ConnectionUri.parse(scheme + ":///system")));
    }

    FakeDriver opening(Supplier<OpenResult> newOpen) {
        open = newOpen;
        return this;
    }

    Connection connect() {
        return connect(OpenOptions.defaults());
    }

    Connection connect(OpenOptions options) {
        return Drivers.none().with(this).open(scheme + ":///system", options);
    }

    DriverSession session() {
        return new Session();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> uriSchemes() {
        return Set.of(scheme);
    }

    @Override
    public int level() {
        return level;
    }

    @Override
    public Set<Operation> operations() {
        return operations;
    }

    @Override
    public int priority() {
        return priority;
    }

    @Override
    public Optional<ConnectionUri> probe() {
        return probe.get();
    }

    @Override
    public OpenResult open(ConnectionUri uri, OpenOptions options) {
        return open.get();
    }

    private final class Session implements DriverSession {
        @Override
        public DriverTable table() {
            return table;
        }

        @Override
        public List<Ref> listDomains() {
            return domains;
        }

        @Override
        public List<Ref> findByName(String wanted) {
            return domains.stream().filter(ref -> ref.name().equals(wanted)).toList();
        }

        @Override
        public DomainRef findById(int id) {
            return domains.stream().filter(ref -> ref.id() == id).findFirst().orElse(null);
        }

        @Override
        public DomainRef findByUuid(UUID uuid) {
            return domains.stream()
                    .filter(ref -> Objects.equals(ref.uuid(), uuid))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
