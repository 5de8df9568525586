package dev.vireo.driver.test;

import dev.vireo.CpuAccounting;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.HypervisorVersion;
import dev.vireo.Operation;
import dev.vireo.spi.DomainEventSink;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Registration;
import dev.vireo.spi.Slot;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A connection to a {@link TestHypervisor}; it holds nothing of its own, so that closing it frees nothing. */
final class TestSession implements DriverSession {
    private static final HypervisorVersion VERSION = new HypervisorVersion(1, 0, 0);

    private final TestHypervisor hypervisor;
    private final DomainStatistics domainStatistics;
    private final BulkStatistics bulkStatistics;
    private final NodeStatistics nodeStatistics;
    private final DomainScheduling scheduling;

    TestSession(TestHypervisor hypervisor) {
        this.hypervisor = hypervisor;
        domainStatistics = new DomainStatistics(hypervisor);
        bulkStatistics = new BulkStatistics(hypervisor);
        nodeStatistics = new NodeStatistics(hypervisor);
        scheduling = new DomainScheduling(hypervisor);
    }

    @Override
    public DriverTable table() {
        DriverTable.Builder table = DriverTable.builder();
        with(table, Slot.CONNECT_GET_HOSTNAME, this::hostname);
        with(table, Slot.CONNECT_GET_VERSION, this::version);
        with(table, Slot.CONNECT_GET_ALL_DOMAIN_STATS, bulkStatistics::allDomainStats);
        with(table, Slot.CONNECT_DOMAIN_EVENT_REGISTER, this::registerEvents);
        with(table, Slot.CONNECT_START_CPU_ACCOUNTING, this::startAccounting);
        with(table, Slot.CONNECT_STOP_CPU_ACCOUNTING, this::stopAccounting);
        with(table, Slot.CONNECT_GET_CPU_ACCOUNTING, this::accounting);
        with(table, Slot.NODE_GET_INFO, nodeStatistics::info);
        with(table, Slot.NODE_GET_CPU_MAP, nodeStatistics::cpuMap);
        with(table, Slot.NODE_GET_CPU_STATS, nodeStatistics::cpuStats);
        with(table, Slot.DOMAIN_GET_INFO, domainStatistics::info);
        with(table, Slot.DOMAIN_GET_CPU_STATS, domainStatistics::cpuStats);
        with(table, Slot.DOMAIN_GET_VCPUS, domainStatistics::vcpus);
        with(table, Slot.DOMAIN_SUSPEND, this::suspend);
        with(table, Slot.DOMAIN_RESUME, this::resume);
        with(table, Slot.DOMAIN_DESTROY, this::destroy);
        with(table, Slot.DOMAIN_GET_SCHEDULER_PARAMETERS, scheduling::parameters);
        with(table, Slot.DOMAIN_GET_VCPU_PIN_INFO, scheduling::pins);
        return table.build();
    }

    @Override
    public List<TestDomain> listDomains() {
        return find(TestSession::isActive);
    }

    @Override
    public List<TestDomain> findByName(String name) {
        return find(domain -> domain.name().equals(name));
    }

    @Override
    public @Nullable TestDomain findById(int id) {
        List<TestDomain> found = find(domain -> domain.id() == id && isActive(domain));
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public @Nullable TestDomain findByUuid(UUID uuid) {
        List<TestDomain> found = find(domain -> domain.uuid().equals(uuid));
        if (found.size() > 1) {
            throw HypervisorException.of(
                    ErrorCode.MULTIPLE_DOMAINS,
                    TestDriver.NAME,
                    "the uuid " + uuid + " fits " + found + "; look one up by its id");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public boolean isAlive() {
        return hypervisor.faults().isConnected();
    }

    @Override
    public void close() {}

    private <F> void with(DriverTable.Builder table, Slot<F> slot, F function) {
        if (!hypervisor.configuration().absent().contains(slot.operation())) {
            table.with(slot, function);
        }
    }

    private List<TestDomain> find(Predicate<TestDomain> wanted) {
        hypervisor.requireAlive();
        return hypervisor.domains().stream().filter(wanted).toList();
    }

    private static boolean isActive(TestDomain domain) {
        return domain.state() != DomainState.SHUTOFF;
    }

    private String hostname() {
        hypervisor.called(Operation.CONNECT_GET_HOSTNAME, null);
        return hypervisor.configuration().hostname();
    }

    private HypervisorVersion version() {
        hypervisor.called(Operation.CONNECT_GET_VERSION, null);
        return VERSION;
    }

    private Registration registerEvents(DomainEventSink sink) {
        hypervisor.called(Operation.CONNECT_DOMAIN_EVENT_REGISTER, null);
        return hypervisor.register(sink);
    }

    private void startAccounting() {
        hypervisor.called(Operation.CONNECT_START_CPU_ACCOUNTING, null);
        hypervisor.startAccounting();
    }

    private void stopAccounting() {
        hypervisor.called(Operation.CONNECT_STOP_CPU_ACCOUNTING, null);
        hypervisor.stopAccounting();
    }

    private CpuAccounting accounting() {
        hypervisor.called(Operation.CONNECT_GET_CPU_ACCOUNTING, null);
        return hypervisor.accounting();
    }

    private void suspend(DomainRef ref) {
        hypervisor.pause(called(Operation.DOMAIN_SUSPEND, ref));
    }

    private void resume(DomainRef ref) {
        hypervisor.resume(called(Operation.DOMAIN_RESUME, ref));
    }

    private void destroy(DomainRef ref) {
        hypervisor.end(called(Operation.DOMAIN_DESTROY, ref));
    }

    private TestDomain called(Operation operation, DomainRef ref) {
        TestDomain domain = (TestDomain) ref;
        hypervisor.called(operation, domain);
        return domain;
    }
}
