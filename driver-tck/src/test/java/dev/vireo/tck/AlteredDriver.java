package dev.vireo.tck;

import dev.vireo.ConnectionUri;
import dev.vireo.DomainRef;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.driver.test.TestDriver;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.DomainGetCpuStats;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import dev.vireo.spi.Slot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The in-memory driver but for one mistake, which a subclass makes by overriding a method, or by altering entries. */
class AlteredDriver implements HypervisorDriver {
    private static final List<Slot<?>> SLOTS = List.of(
            Slot.CONNECT_GET_HOSTNAME,
            Slot.CONNECT_GET_VERSION,
            Slot.CONNECT_GET_ALL_DOMAIN_STATS,
            Slot.CONNECT_DOMAIN_EVENT_REGISTER,
            Slot.CONNECT_START_CPU_ACCOUNTING,
            Slot.CONNECT_STOP_CPU_ACCOUNTING,
            Slot.CONNECT_GET_CPU_ACCOUNTING,
            Slot.NODE_GET_INFO,
            Slot.NODE_GET_CPU_MAP,
            Slot.NODE_GET_CPU_STATS,
            Slot.DOMAIN_GET_INFO,
            Slot.DOMAIN_GET_CPU_STATS,
            Slot.DOMAIN_GET_VCPUS,
            Slot.DOMAIN_SUSPEND,
            Slot.DOMAIN_RESUME,
            Slot.DOMAIN_DESTROY,
            Slot.DOMAIN_GET_SCHEDULER_PARAMETERS,
            Slot.DOMAIN_GET_VCPU_PIN_INFO);

    /** The path of an opening that fails. */
    static final String FAILING = "/failing";

    private static final String DECLINED = "/declined";

    private final TestDriver right;
    private final Set<Slot<?>> left = new HashSet<>();
    private final Map<Slot<?>, UnaryOperator<Object>> altered = new HashMap<>();

    AlteredDriver(TestHypervisor hypervisor) {
        right = new TestDriver(hypervisor);
    }

    /** Puts a function of the right one in the place of an entry. */
    <F> AlteredDriver with(Slot<F> slot, UnaryOperator<F> alteration) {
        altered.put(slot, entry -> alteration.apply(slot.type().cast(entry)));
        return this;
    }

    /** Leaves an entry out. */
    AlteredDriver without(Slot<?> slot) {
        left.add(slot);
        return this;
    }

    AlteredDriver withCpuStats(UnaryOperator<DomainGetCpuStats> alteration) {
        return with(Slot.DOMAIN_GET_CPU_STATS, alteration);
    }

    @Override
    public String name() {
        return right.name();
    }

    @Override
    public Set<String> uriSchemes() {
        return right.uriSchemes();
    }

    @Override
    public int level() {
        return LEVEL;
    }

    @Override
    public Set<Operation> operations() {
        return right.operations();
    }

    @Override
    public Optional<ConnectionUri> probe() {
        return right.probe();
    }

    @Override
    public OpenResult open(ConnectionUri uri, OpenOptions options) {
        if (uri.path().equals(DECLINED)) {
            return OpenResult.declined("nothing is at " + uri);
        }
        if (uri.path().equals(FAILING)) {
            throw HypervisorException.of(ErrorCode.NO_CONNECT, name(), "nobody answers at " + uri);
        }
        return OpenResult.opened(session(((OpenResult.Opened) right.open(uri, options)).session()));
    }

    DriverSession session(DriverSession real) {
        return new AlteredSession(real);
    }

    private DriverTable alter(DriverTable table) {
        DriverTable.Builder builder = DriverTable.builder();
        for (Slot<?> slot : SLOTS) {
            add(builder, table, slot);
        }
        return builder.build();
    }

    private <F> void add(DriverTable.Builder builder, DriverTable table, Slot<F> slot) {
        F entry = table.find(slot);
        if (entry != null && !left.contains(slot)) {
            UnaryOperator<Object> alteration = altered.getOrDefault(slot, UnaryOperator.identity());
            builder.with(slot, slot.type().cast(alteration.apply(entry)));
        }
    }

    /** A session that hands everything on, with altered entries. */
    class AlteredSession implements DriverSession {
        private final DriverSession real;

        AlteredSession(DriverSession real) {
            this.real = real;
        }

        @Override
        public DriverTable table() {
            return alter(real.table());
        }

        @Override
        public List<? extends DomainRef> listDomains() {
            return real.listDomains();
        }

        @Override
        public List<? extends DomainRef> findByName(String name) {
            return real.findByName(name);
        }

        @Override
        public DomainRef findById(int id) {
            return real.findById(id);
        }

        @Override
        public DomainRef findByUuid(UUID uuid) {
            return real.findByUuid(uuid);
        }

        @Override
        public boolean isAlive() {
            return real.isAlive();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
