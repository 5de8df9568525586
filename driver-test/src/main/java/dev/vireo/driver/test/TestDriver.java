package dev.vireo.driver.test;

import dev.vireo.ConnectionUri;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import dev.vireo.spi.UriOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens {@code test:///default}, a {@link TestHypervisor}. Thread-safe.
 *
 * <p>A driver that was made without one makes a hypervisor for each connection, by the options of the URI:
 *
 * <table>
 * <caption>Options</caption>
 * <tr><th>option</th><th>value</th><th>meaning</th></tr>
 * <tr><td>{@code domains}</td><td>1 to 100000, else 1</td><td>{@code test}, {@code test-2}, {@code test-3}, …</td></tr>
 * <tr><td>{@code vcpus}</td><td>1 to 4096, else 2</td><td>vCPUs of each domain</td></tr>
 * <tr><td>{@code cpus}</td><td>1 to 65536, else 2</td><td>CPU ids of the host</td></tr>
 * <tr><td>{@code missing-cpus}</td><td>a list such as {@code 2,5-7}</td><td>ids that have no CPU</td></tr>
 * <tr><td>{@code state}</td><td>{@code running}, {@code paused} or {@code shutoff}</td>
 *     <td>how the first domain begins</td></tr>
 * <tr><td>{@code clock}</td><td>{@code real} or {@code stopped}</td>
 *     <td>whether times grow, or stand still at the same values in every run</td></tr>
 * <tr><td>{@code fault}</td><td>a list such as {@code domain-get-vcpus:no-support}</td>
 *     <td>operations that fail, and with which error</td></tr>
 * </table>
 */
public final class TestDriver implements HypervisorDriver {
    static final String NAME = "test";

    private static final Set<Operation> OPERATIONS = Set.copyOf(EnumSet.of(
            Operation.CONNECT_GET_HOSTNAME,
            Operation.CONNECT_GET_VERSION,
            Operation.CONNECT_GET_ALL_DOMAIN_STATS,
            Operation.CONNECT_DOMAIN_EVENT_REGISTER,
            Operation.CONNECT_START_CPU_ACCOUNTING,
            Operation.CONNECT_STOP_CPU_ACCOUNTING,
            Operation.CONNECT_GET_CPU_ACCOUNTING,
            Operation.NODE_GET_INFO,
            Operation.NODE_GET_CPU_MAP,
            Operation.NODE_GET_CPU_STATS,
            Operation.DOMAIN_GET_INFO,
            Operation.DOMAIN_GET_CPU_STATS,
            Operation.DOMAIN_GET_VCPUS,
            Operation.DOMAIN_SUSPEND,
            Operation.DOMAIN_RESUME,
            Operation.DOMAIN_DESTROY,
            Operation.DOMAIN_GET_SCHEDULER_PARAMETERS,
            Operation.DOMAIN_GET_VCPU_PIN_INFO));

    private final @Nullable TestHypervisor hypervisor;

    /** Makes a driver that makes a hypervisor, on real time, for each connection; for {@link java.util.ServiceLoader}. */
    public TestDriver() {
        hypervisor = null;
    }

    /**
     * Makes a driver of one hypervisor, whatever path is opened. Options in a URI are refused, since the hypervisor is
     * there already.
     *
     * @param hypervisor what all connections see
     */
    public TestDriver(TestHypervisor hypervisor) {
        this.hypervisor = Objects.requireNonNull(hypervisor, "hypervisor");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> uriSchemes() {
        return Set.of("test");
    }

    @Override
    public int level() {
        return LEVEL;
    }

    @Override
    public Set<Operation> operations() {
        return OPERATIONS;
    }

    /**
     * Finds nothing, ever.
     *
     * @return empty: nobody is shown invented numbers who has not asked for them
     */
    @Override
    public Optional<ConnectionUri> probe() {
        return Optional.empty();
    }

    @Override
    public OpenResult open(ConnectionUri uri, OpenOptions options) {
        if (hypervisor == null) {
            return OpenResult.opened(new TestSession(TestUri.parse(uri).makeHypervisor()));
        }
        UriOptions.read(uri, NAME, List.of());
        return OpenResult.opened(new TestSession(hypervisor));
    }
}
