package frozen;

import dev.vireo.CpuAccounting;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainEvent;
import dev.vireo.DomainInfo;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.HypervisorVersion;
import dev.vireo.NodeCpuMap;
import dev.vireo.NodeInfo;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuState;
import dev.vireo.VcpuTimes;
import dev.vireo.spi.DomainEventSink;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Registration;
import dev.vireo.spi.Slot;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Has an entry for each operation of level 1, and one domain whose times stand still. */
final class FrozenSession implements DriverSession {
    private record Guest(int id, String name, UUID uuid) implements DomainRef {}

    private static final Guest GUEST = new Guest(1, "ice", UUID.fromString("00000000-0000-4000-8000-000000000001"));
    private static final CpuStatsOrigin ORIGIN = CpuStatsOrigin.from("ice").generation(1).build();
    private static final long TIME = 3_000_000_000L;

    private DomainEventSink events;
    private boolean paused;

    @Override
    public DriverTable table() {
        return DriverTable.builder()
                .with(Slot.CONNECT_GET_HOSTNAME, () -> "glacier")
                .with(Slot.CONNECT_GET_VERSION, () -> new HypervisorVersion(1, 2, 3))
                .with(Slot.CONNECT_GET_ALL_DOMAIN_STATS, this::allStats)
                .with(Slot.CONNECT_DOMAIN_EVENT_REGISTER, this::register)
                .with(Slot.CONNECT_START_CPU_ACCOUNTING, () -> {})
                .with(Slot.CONNECT_STOP_CPU_ACCOUNTING, () -> {})
                .with(Slot.CONNECT_GET_CPU_ACCOUNTING, () -> new CpuAccounting(false, Optional.empty(), "ice counts nothing"))
                .with(Slot.NODE_GET_INFO, this::nodeInfo)
                .with(Slot.NODE_GET_CPU_MAP, this::cpuMap)
                .with(Slot.NODE_GET_CPU_STATS, this::nodeStats)
                .with(Slot.DOMAIN_GET_INFO, this::info)
                .with(Slot.DOMAIN_GET_CPU_STATS, this::cpuStats)
                .with(Slot.DOMAIN_GET_VCPUS, this::vcpus)
                .with(Slot.DOMAIN_SUSPEND, domain -> pause(true))
                .with(Slot.DOMAIN_RESUME, domain -> pause(false))
                .with(Slot.DOMAIN_DESTROY, domain -> {
                    throw HypervisorException.of(ErrorCode.OPERATION_FAILED, "frozen", "ice does not melt");
                })
                .build();
    }

    private void allStats(List<? extends DomainRef> domains, Set<StatsGroup> groups, DomainStatsVisitor out, int flags) {
        out.domain(GUEST, DomainState.RUNNING);
        out.value(Statistic.CPU_TIME, 0, TIME);
        out.unavailable(Statistic.VCPU_TIME, 0, "it is frozen");
    }

    private Registration register(DomainEventSink sink) {
        events = sink;
        return () -> events = null;
    }

    private void pause(boolean newPaused) {
        paused = newPaused;
        if (events != null) {
            events.event(GUEST, paused ? DomainEvent.Type.SUSPENDED : DomainEvent.Type.RESUMED);
        }
    }

    private NodeInfo nodeInfo() {
        Reading unknown = Reading.unavailable("it is frozen");
        return new NodeInfo("ice", Reading.of(1024), 1, unknown, unknown, unknown, unknown, unknown);
    }

    private NodeCpuMap cpuMap() {
        BitSet present = new BitSet();
        present.set(0);
        present.set(2);
        return NodeCpuMap.of(present, present);
    }

    private int nodeStats(int cpu, TypedParameters params, int nparams, int flags) {
        if (params != null && nparams > 0) {
            params.setUnsignedLong(0, "idle", TIME);
        }
        return 1;
    }

    private DomainInfo info(DomainRef domain) {
        return new DomainInfo(
                paused ? DomainState.PAUSED : DomainState.RUNNING,
                Reading.of(64),
                Reading.of(64),
                Reading.of(1),
                Reading.of(TIME));
    }

    private int cpuStats(DomainRef domain, TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        if (params == null) {
            return ncpus == 0 ? 3 : 1;
        }
        params.setOrigin(ORIGIN);
        for (int c = 0; c < ncpus && startCpu + c < 3; c++) {
            if (startCpu + c != 1) {
                params.setUnsignedLong(c * nparams, "cpu_time", startCpu < 0 ? TIME : TIME / 2);
            }
        }
        return 1;
    }

    private void vcpus(DomainRef domain, VcpuTimes vcpus) {
        int row = vcpus.add(0, VcpuState.RUNNING);
        vcpus.setCpu(row, 2);
        vcpus.setRunTimeNanos(row, TIME);
        vcpus.setReason(VcpuTimes.Column.DELAY, "it is frozen");
    }

    @Override
    public List<? extends DomainRef> listDomains() {
        return List.of(GUEST);
    }

    @Override
    public List<? extends DomainRef> findByName(String name) {
        return name.equals(GUEST.name()) ? List.of(GUEST) : List.of();
    }

    @Override
    public DomainRef findById(int id) {
        return id == GUEST.id() ? GUEST : null;
    }

    @Override
    public DomainRef findByUuid(UUID uuid) {
        return uuid.equals(GUEST.uuid()) ? GUEST : null;
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public void close() {}
}
