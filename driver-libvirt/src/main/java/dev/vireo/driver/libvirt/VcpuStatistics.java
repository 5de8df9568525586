package dev.vireo.driver.libvirt;

import dev.vireo.DomainRef;
import dev.vireo.HypervisorException;
import dev.vireo.VcpuTimes;
import dev.vireo.driver.libvirt.binding.StatsRecord;
import dev.vireo.driver.libvirt.binding.StatsRecords;
import dev.vireo.driver.libvirt.binding.VcpuBuffer;
import java.lang.ref.Reference;

/**
 * The vCPUs of a domain: {@code virDomainGetVcpus}, which no guest can hold up, and the run delay, which libvirt gives in
 * its bulk statistics alone. Thread-safe.
 */
final class VcpuStatistics {
    /** Why a delay is missing where libvirt gave the other numbers. */
    static final String NO_DELAY = "libvirt gives no vcpu.N.delay for this domain; its QEMU driver does since 7.2.0, on"
            + " kernels with CONFIG_SCHED_INFO";

    private static final ThreadsOwn<VcpuBuffer> BUFFERS = new ThreadsOwn<>(VcpuBuffer::new);

    private final Runs runs;
    private final Calls calls;
    private final MonitorStats monitorStats;

    VcpuStatistics(Runs runs, Calls calls, MonitorStats monitorStats) {
        this.runs = runs;
        this.calls = calls;
        this.monitorStats = monitorStats;
    }

    /** Fills in all there is. */
    void read(DomainRef ref, VcpuTimes into) {
        LibvirtDomain domain = readWithoutMonitor(ref, into);
        VcpuTimes fromStats = VcpuTimes.allocate(into.size());
        try (StatsRecords records = monitorStats.read(domain)) {
            if (records.size() > 0) {
                records.stats(0).vcpus(fromStats);
            }
        } catch (HypervisorException error) {
            into.setReason(VcpuTimes.Column.DELAY, runs.reason(error));
            return;
        }
        copyDelays(fromStats, into);
    }

    /** Fills in what the hypervisor itself knows: number, state, host CPU, run time in its grain. */
    LibvirtDomain readWithoutMonitor(DomainRef ref, VcpuTimes into) {
        LibvirtDomain domain = runs.require(ref);
        VcpuBuffer buffer = BUFFERS.take();
        fill(domain, buffer);
        for (int i = 0; i < buffer.size(); i++) {
            int row = into.add(buffer.number(i), StatsRecord.state(buffer.state(i)));
            into.setRunTimeNanos(row, buffer.timeNanos(i));
            if (buffer.cpu(i) >= 0) {
                into.setCpu(row, buffer.cpu(i));
            } else {
                into.setReason(VcpuTimes.Column.CPU, "libvirt does not know it, or the vCPU is offline");
            }
        }
        BUFFERS.giveBack(buffer);
        return domain;
    }

    private void fill(LibvirtDomain domain, VcpuBuffer buffer) {
        try {
            calls.run("getVcpus of domain " + domain, () -> domain.handle().vcpus(buffer));
        } catch (HypervisorException error) {
            throw runs.failed(domain, error);
        } finally {
            // a domain that nobody holds is given back to libvirt
            Reference.reachabilityFence(domain);
        }
    }

    private static void copyDelays(VcpuTimes from, VcpuTimes into) {
        for (int row = 0; row < into.size(); row++) {
            int found = row(from, into.number(row));
            if (found >= 0 && from.has(found, VcpuTimes.Column.DELAY)) {
                into.setDelayNanos(row, from.delayNanos(found));
            } else {
                into.setReason(VcpuTimes.Column.DELAY, NO_DELAY);
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
