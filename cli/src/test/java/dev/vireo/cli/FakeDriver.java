package dev.vireo.cli;

import dev.vireo.ConnectionUri;
import dev.vireo.CpuAccounting;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.DomainInfo;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.HypervisorVersion;
import dev.vireo.NodeCpuMap;
import dev.vireo.NodeInfo;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.ParameterType;
import dev.vireo.Reading;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuPin;
import dev.vireo.VcpuState;
import dev.vireo.VcpuTimes;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import dev.vireo.spi.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A small hypervisor for the tests of the command line: {@code fake:///}. Tests set its fields before they run. */
final class FakeDriver implements HypervisorDriver {
    record Guest(int id, String name, UUID uuid) implements DomainRef {}

    static final UUID UUID_OF_TEST = UUID.fromString("6695eb01-f6a4-8304-79aa-97f2502e193f");

    final List<Guest> guests = new ArrayList<>(List.of(new Guest(1, "test", UUID_OF_TEST)));
    final Set<Operation> operations = EnumSet.of(
            Operation.CONNECT_GET_HOSTNAME,
            Operation.CONNECT_GET_VERSION,
            Operation.CONNECT_START_CPU_ACCOUNTING,
            Operation.CONNECT_STOP_CPU_ACCOUNTING,
            Operation.CONNECT_GET_CPU_ACCOUNTING,
            Operation.NODE_GET_INFO,
            Operation.NODE_GET_CPU_MAP,
            Operation.NODE_GET_CPU_STATS,
            Operation.DOMAIN_GET_INFO,
            Operation.DOMAIN_GET_CPU_STATS,
            Operation.DOMAIN_GET_VCPUS,
            Operation.DOMAIN_GET_SCHEDULER_PARAMETERS,
            Operation.DOMAIN_GET_VCPU_PIN_INFO);
    final BitSet absent = new BitSet();

    /** CPU times by id; the default is that of virsh's example. */
    long[] cpuTimes = {24386308517L, 24386308518L};

    long[] vcpuTimes = {23151740627L, 23151740628L};
    long totalCpuTime = 48772617035L;
    CpuStatsOrigin origin = CpuStatsOrigin.from("fake").build();

    @Nullable String declined;

    @Nullable RuntimeException cpusFail;

    @Nullable RuntimeException totalFails;

    /** In how many calls from now on the total fails. */
    int totalFailures;

    @Nullable RuntimeException nodeFails;

    @Nullable String infoFailsFor;

    boolean strangeParameters;

    /** How much more each CPU and the total have used at each reading of a value. */
    long grows;

    boolean accounting;

    /** In how many calls from now on the source starts again each time. */
    int restarts;

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Set<String> uriSchemes() {
        return Set.of("fake");
    }

    @Override
    public int level() {
        return LEVEL;
    }

    @Override
    public Set<Operation> operations() {
        return operations;
    }

    @Override
    public Optional<ConnectionUri> probe() {
        return Optional.of(ConnectionUri.parse("fake:///probed"));
    }

    @Override
    public OpenResult open(ConnectionUri uri, OpenOptions options) {
        return declined == null ? OpenResult.opened(new Session()) : OpenResult.declined(declined);
    }

    private int cpuStats(
            DomainRef domain, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        RuntimeException failure = startCpu < 0 ? totalFails : cpusFail;
        if (failure != null) {
            throw failure;
        }
        if (startCpu < 0 && totalFailures > 0) {
            totalFailures--;
            throw HypervisorException.of(ErrorCode.SYSTEM_ERROR, "fake", "not now");
        }
        if (startCpu < 0) {
            return params == null ? 3 : total(params, nparams);
        }
        if (params == null) {
            return ncpus == 0 ? cpuTimes.length : strangeParameters ? 4 : 2;
        }
        for (int c = 0; c < ncpus && startCpu + c < cpuTimes.length; c++) {
            if (!absent.get(startCpu + c)) {
                cpu(params, c * nparams, startCpu + c);
            }
        }
        if (restarts > 0) {
            restarts--;
            origin = CpuStatsOrigin.from("fake").generation(restarts + 1).build();
        }
        params.setOrigin(origin);
        for (int cpu = 0; cpu < cpuTimes.length; cpu++) {
            cpuTimes[cpu] += grows;
        }
        return nparams;
    }

    private void cpu(TypedParameters params, int at, int cpu) {
        params.setUnsignedLong(at, "cpu_time", cpuTimes[cpu]);
        if (vcpuTimes.length > cpu) {
            params.setUnsignedLong(at + 1, "vcpu_time", vcpuTimes[cpu]);
        }
        if (strangeParameters) {
            params.set(at + 2, "wait\u001b", ParameterType.LLONG, -5);
            params.set(at + 3, "user_time", ParameterType.DOUBLE, Double.doubleToLongBits(Double.NaN));
        }
    }

    private int total(TypedParameters params, int nparams) {
        String[] names = {"cpu_time", "user_time", "system_time"};
        long[] values = {totalCpuTime, 5540000000L, 6460000000L};
        for (int i = 0; i < nparams; i++) {
            params.setUnsignedLong(i, names[i], values[i]);
        }
        totalCpuTime += grows;
        params.setOrigin(origin);
        return nparams;
    }

    private DomainInfo info(DomainRef domain) {
        if (domain.name().equals(infoFailsFor)) {
            throw HypervisorException.of(ErrorCode.OPERATION_FAILED, "fake", "the guest is sick");
        }
        Reading none = Reading.unavailable("nobody counts");
        return new DomainInfo(DomainState.RUNNING, none, none, none, none);
    }

    private static int schedulerParameters(DomainRef domain, @Nullable TypedParameters params, int nparams, int flags) {
        if (params != null) {
            params.setUnsignedLong(0, "cpu_shares", flags == Domain.AFFECT_CONFIG ? 512 : 1024);
            params.set(1, "vcpu_quota", ParameterType.LLONG, -1);
            params.setText(2, "governor\u0007", "per\nformance");
        }
        return 3;
    }

    private static List<VcpuPin> pins(DomainRef domain, int flags) {
        BitSet all = new BitSet();
        all.set(0, 4);
        all.set(9);
        BitSet one = new BitSet();
        one.set(flags == Domain.AFFECT_LIVE ? 2 : 3);
        return List.of(new VcpuPin(0, all), new VcpuPin(12, one));
    }

    private static void vcpus(DomainRef domain, VcpuTimes vcpus) {
        int row = vcpus.add(0, VcpuState.RUNNING);
        vcpus.setCpu(row, 1);
        vcpus.setRunTimeNanos(row, 1500000000L);
        vcpus.add(2, VcpuState.OFFLINE);
        vcpus.setReason(VcpuTimes.Column.DELAY, "the kernel lacks schedstats");
    }

    private NodeInfo nodeInfo() {
        if (nodeFails != null) {
            throw nodeFails;
        }
        Reading one = Reading.of(1);
        return new NodeInfo(
                "x86_64", Reading.of(2048), 3, Reading.unavailable("no cpufreq"), one, one, Reading.of(4), one);
    }

    private CpuAccounting accounting() {
        return accounting
                ? new CpuAccounting(true, Optional.of(Instant.EPOCH), "by\ncounting")
                : new CpuAccounting(false, Optional.empty(), "nobody counts");
    }

    private static NodeCpuMap cpuMap() {
        BitSet present = new BitSet();
        present.set(0, 4);
        BitSet online = (BitSet) present.clone();
        online.clear(1);
        return NodeCpuMap.of(present, online);
    }

    private static int nodeCpuStats(int cpu, @Nullable TypedParameters params, int nparams, int flags) {
        if (params != null) {
            params.setUnsignedLong(0, "kernel", 1);
            params.setUnsignedLong(1, "user", 2000000000L);
            params.setUnsignedLong(2, "idle", 3);
            params.setUnsignedLong(3, "intr", 4);
        }
        return 4;
    }

    private final class Session implements DriverSession {
        @Override
        public DriverTable table() {
            DriverTable.Builder table = DriverTable.builder();
            add(table, Slot.CONNECT_GET_HOSTNAME, () -> "host\u0007");
            add(table, Slot.CONNECT_GET_VERSION, () -> new HypervisorVersion(1, 2, 3));
            add(table, Slot.CONNECT_START_CPU_ACCOUNTING, () -> accounting = true);
            add(table, Slot.CONNECT_STOP_CPU_ACCOUNTING, () -> accounting = false);
            add(table, Slot.CONNECT_GET_CPU_ACCOUNTING, FakeDriver.this::accounting);
            add(table, Slot.NODE_GET_INFO, FakeDriver.this::nodeInfo);
            add(table, Slot.NODE_GET_CPU_MAP, FakeDriver::cpuMap);
            add(table, Slot.NODE_GET_CPU_STATS, FakeDriver::nodeCpuStats);
            add(table, Slot.DOMAIN_GET_INFO, FakeDriver.this::info);
            add(table, Slot.DOMAIN_GET_CPU_STATS, FakeDriver.this::cpuStats);
            add(table, Slot.DOMAIN_GET_VCPUS, FakeDriver::vcpus);
            add(table, Slot.DOMAIN_GET_SCHEDULER_PARAMETERS, FakeDriver::schedulerParameters);
            add(table, Slot.DOMAIN_GET_VCPU_PIN_INFO, FakeDriver::pins);
            return table.build();
        }

        private <F> void add(DriverTable.Builder table, Slot<F> slot, F function) {
            if (operations.contains(slot.operation())) {
                table.with(slot, function);
            }
        }

        @Override
        public List<Guest> listDomains() {
            return guests;
        }

        @Override
        public List<Guest> findByName(String name) {
            return guests.stream().filter(guest -> guest.name().equals(name)).toList();
        }

        @Override
        public @Nullable Guest findById(int id) {
            return guests.stream().filter(guest -> guest.id() == id).findFirst().orElse(null);
        }

        @Override
        public @Nullable Guest findByUuid(UUID uuid) {
            return guests.stream()
                    .filter(guest -> guest.uuid().equals(uuid))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public void close() {}
    }
}
