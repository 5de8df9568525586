package dev.vireo.driver.libvirt;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainRef;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import dev.vireo.driver.libvirt.binding.ParameterBuffer;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/** {@code virDomainGetCPUStats}, handed through: its answers, its errors. Thread-safe. */
final class CpuStatistics {
    private static final CpuStatsOrigin ORIGIN =
            CpuStatsOrigin.from("libvirt: virDomainGetCPUStats").build();

    private static final ThreadsOwn<ParameterBuffer> BUFFERS = new ThreadsOwn<>(ParameterBuffer::new);

    private final Runs runs;
    private final Calls calls;

    CpuStatistics(Runs runs, Calls calls) {
        this.runs = runs;
        this.calls = calls;
    }

    int read(DomainRef ref, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        LibvirtDomain domain = runs.require(ref);
        ParameterBuffer buffer = BUFFERS.take();
        int answer = fill(domain, buffer, nparams, startCpu, ncpus);
        if (params != null) {
            buffer.copyTo(params, nparams * ncpus);
            params.setOrigin(ORIGIN);
        }
        BUFFERS.giveBack(buffer);
        return answer;
    }

    private int fill(LibvirtDomain domain, ParameterBuffer buffer, int nparams, int startCpu, int ncpus) {
        try {
            return calls.areUnlimited()
                    // nothing is allocated for a call that just calls
                    ? domain.handle().cpuStats(buffer, nparams, startCpu, ncpus)
                    : calls.run(
                            "getCpuStats of domain " + domain,
                            () -> domain.handle().cpuStats(buffer, nparams, startCpu, ncpus));
        } catch (HypervisorException error) {
            throw runs.failed(domain, error);
        } finally {
            // a domain that nobody holds is given back to libvirt
            Reference.reachabilityFence(domain);
        }
    }
}
