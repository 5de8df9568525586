package dev.vireo.monitor;

import dev.vireo.ConnectionUri;
import dev.vireo.DomainRef;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.driver.test.TestDriver;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.ConnectDomainEventRegister;
import dev.vireo.spi.DomainEventSink;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import dev.vireo.spi.Registration;
import dev.vireo.spi.Slot;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The in-memory driver without a bulk read, whose lists are counted, and whose events can be lost on their way. */
final class CountedDriver implements HypervisorDriver {
    final AtomicInteger lists = new AtomicInteger();
    final AtomicInteger registered = new AtomicInteger();
    final AtomicInteger listeners = new AtomicInteger();
    volatile boolean losesEvents;
    private final TestDriver driver;

    CountedDriver(TestHypervisor hypervisor) {
        driver = new TestDriver(hypervisor);
    }

    @Override
    public String name() {
        return "counted";
    }

    @Override
    public Set<String> uriSchemes() {
        return driver.uriSchemes();
    }

    @Override
    public int level() {
        return LEVEL;
    }

    @Override
    public Set<Operation> operations() {
        return Set.of(Operation.DOMAIN_GET_CPU_STATS, Operation.CONNECT_DOMAIN_EVENT_REGISTER);
    }

    @Override
    public Optional<ConnectionUri> probe() {
        return Optional.empty();
    }

    @Override
    public OpenResult open(ConnectionUri uri, OpenOptions options) {
        OpenResult.Opened opened = (OpenResult.Opened) driver.open(uri, options);
        return OpenResult.opened(new Session(opened.session()));
    }

    private final class Session implements DriverSession {
        private final DriverSession session;

        Session(DriverSession session) {
            this.session = session;
        }

        @Override
        public DriverTable table() {
            ConnectDomainEventRegister events =
                    Objects.requireNonNull(session.table().find(Slot.CONNECT_DOMAIN_EVENT_REGISTER));
            return DriverTable.builder()
                    .with(
                            Slot.DOMAIN_GET_CPU_STATS,
                            Objects.requireNonNull(session.table().find(Slot.DOMAIN_GET_CPU_STATS)))
                    .with(Slot.CONNECT_DOMAIN_EVENT_REGISTER, sink -> register(events, sink))
                    .build();
        }

        private Registration register(ConnectDomainEventRegister events, DomainEventSink sink) {
            Registration registration = events.register((domain, type) -> {
                if (!losesEvents) {
                    sink.event(domain, type);
                }
            });
            listeners.incrementAndGet();
            registered.incrementAndGet();
            return () -> {
                registration.close();
                listeners.decrementAndGet();
            };
        }

        @Override
        public List<? extends DomainRef> listDomains() {
            lists.incrementAndGet();
            return session.listDomains();
        }

        @Override
        public List<? extends DomainRef> findByName(String name) {
            return session.findByName(name);
        }

        @Override
        public @Nullable DomainRef findById(int id) {
            return session.findById(id);
        }

        @Override
        public @Nullable DomainRef findByUuid(UUID uuid) {
            return session.findByUuid(uuid);
        }

        @Override
        public boolean isAlive() {
            return session.isAlive();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
