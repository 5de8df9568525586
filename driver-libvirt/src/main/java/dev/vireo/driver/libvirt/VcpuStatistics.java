package dev.vireo.driver.libvirt;

import dev.vireo.DomainRef;
import dev.vireo.HypervisorException;
import dev.vireo.HypervisorVersion;
import dev.vireo.VcpuTimes;
import dev.vireo.driver.libvirt.binding.StatsRecord;
import dev.vireo.driver.libvirt.binding.StatsRecords;
import dev.vireo.driver.libvirt.binding.VcpuBuffer;
import java.lang.ref.Reference;
import java.util.Optional;

/**
 * The vCPUs of a domain: {@code virDomainGetVcpus}, which no guest can hold up, and the run delay, which libvirt gives in
 * its bulk statistics alone. Thread-safe.
 */
final class VcpuStatistics {
    private static final ThreadsOwn<VcpuBuffer> BUFFERS = new ThreadsOwn<>(VcpuBuffer::new);

    private final Runs runs;
    private final Calls calls;
    private final MonitorStats monitorStats;
    private final String delayMissing;

    VcpuStatistics(Runs runs, Calls calls, MonitorStats monitorStats, HypervisorVersion libraryVersion) {
        this.runs = runs;
        this.calls = calls;
        this.monitorStats = monitorStats;
        delayMissing = "libvirt gives no vcpu.N.delay for this domain; its QEMU driver does since 7.2.0 (here is "
                + libraryVersion + "), on kernels with CONFIG_SCHED_INFO";
    }

    /** Fills in all there is. */
    void read(DomainRef ref, VcpuTimes into) {
        LibvirtDomain domain = runs.require(ref);
        readWithoutMonitor(domain, into);
        readDelays(domain, into);
    }

    /** Fills in what the hypervisor itself knows: number, state, host CPU, run time in its grain. */
    void readWithoutMonitor(LibvirtDomain domain, VcpuTimes into) {
        VcpuBuffer buffer = BUFFERS.get();
        try {
            calls.run("getVcpus of domain " + domain, () -> {
                domain.handle().vcpus(buffer);
                return buffer;
            });
        } catch (HypervisorException error) {
            BUFFERS.failed(error);
            throw runs.failed(domain, error);
        } finally {
            Reference.reachabilityFence(domain);
        }
        for (int i = 0; i < buffer.size(); i++) {
            int row = into.add(buffer.number(i), StatsRecord.state(buffer.state(i)));
            into.setRunTimeNanos(row, buffer.timeNanos(i));
            if (buffer.cpu(i) >= 0) {
                into.setCpu(row, buffer.cpu(i));
            } else {
                into.setReason(VcpuTimes.Column.CPU, "libvirt does not know it, or the vCPU is offline");
            }
        }
    }

    /** Tells why the column of delays lacks values. */
    String delayMissing() {
        return delayMissing;
    }

    private void readDelays(LibvirtDomain domain, VcpuTimes into) {
        VcpuTimes fromStats = VcpuTimes.allocate(into.size());
        try {
            Optional<StatsRecords> records = monitorStats.read(domain);
            if (records.isEmpty()) {
                into.setReason(VcpuTimes.Column.DELAY, monitorStats.reason());
                return;
            }
            try (StatsRecords open = records.get()) {
                if (open.size() > 0) {
                    open.stats(0).vcpus(fromStats);
                }
            }
        } catch (HypervisorException error) {
            into.setReason(VcpuTimes.Column.DELAY, String.valueOf(error.getMessage()));
            return;
        }
        copyDelays(fromStats, into);
    }

    private void copyDelays(VcpuTimes from, VcpuTimes into) {
        for (int row = 0; row < into.size(); row++) {
            int found = row(from, into.number(row));
            if (found >= 0 && from.has(found, VcpuTimes.Column.DELAY)) {
                into.setDelayNanos(row, from.delayNanos(found));
            } else {
                into.setReason(VcpuTimes.Column.DELAY, delayMissing);
            }
        }
    }

    private static int row(VcpuTimes vcpus, int number) {
        for (int row = 0; row < vcpus.size(); row++) {
            if (vcpus.number(row) == number) {
                return row;
            }
        }
        return -1;
    }
}
