package ${package};

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainRef;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Slot;
import java.util.List;
import java.util.UUID;

/** One connection: finds domains, and has an entry for each operation that it can do. */
final class ${driver}Session implements dev.vireo.spi.DriverSession {
    private static final CpuStatsOrigin ORIGIN = CpuStatsOrigin.from("${scheme}").build();

    private final Hypervisor hypervisor;

    ${driver}Session(Hypervisor hypervisor) { this.hypervisor = hypervisor; }

    @Override
    public DriverTable table() {
        return DriverTable.builder().with(Slot.DOMAIN_GET_CPU_STATS, this::cpuStats).build();
    }

    private int cpuStats(DomainRef domain, TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        Hypervisor.Guest guest = (Hypervisor.Guest) domain;
        if (!hypervisor.guests().contains(guest)) {
            throw HypervisorException.of(ErrorCode.NO_DOMAIN, "${scheme}", "domain '" + guest.name() + "' has ended");
        }
        int cpus = hypervisor.cpus();
        if (params == null) {
            return startCpu >= 0 && ncpus == 0 ? cpus : 1; // how many CPU ids there are, or times of each
        }
        if (startCpu >= cpus) {
            throw HypervisorException.of(ErrorCode.INVALID_ARG, "${scheme}", "there is no CPU " + startCpu);
        }
        params.setOrigin(ORIGIN);
        if (startCpu < 0) {
            params.setUnsignedLong(0, "cpu_time", hypervisor.cpuTimeNanos(guest));
        }
        for (int cpu = startCpu; cpu >= 0 && cpu < Math.min(startCpu + ncpus, cpus); cpu++) {
            params.setUnsignedLong((cpu - startCpu) * nparams, "cpu_time", hypervisor.cpuTimeNanos(guest, cpu));
        }
        return 1;
    }

    @Override public List<Hypervisor.Guest> listDomains() { return hypervisor.guests(); }

    @Override
    public List<Hypervisor.Guest> findByName(String name) {
        return hypervisor.guests().stream().filter(guest -> guest.name().equals(name)).toList();
    }

    @Override
    public DomainRef findById(int id) {
        return hypervisor.guests().stream().filter(guest -> guest.id() == id).findFirst().orElse(null);
    }

    @Override
    public DomainRef findByUuid(UUID uuid) {
        return hypervisor.guests().stream().filter(guest -> guest.uuid().equals(uuid)).findFirst().orElse(null);
    }

    @Override public boolean isAlive() { return true; }

    @Override public void close() {}
}
