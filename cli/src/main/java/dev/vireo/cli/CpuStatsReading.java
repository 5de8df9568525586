package dev.vireo.cli;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.TypedParameters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks for CPU statistics in the steps in which virsh does, and hands them on as they come. */
final class CpuStatsReading {
    private static final int MAX_ATTEMPTS = 10;

    private final CpuStatsCall domain;
    private final CpuStatsLayout layout;
    private final Instant begun;

    /**
     * Makes one.
     *
     * @param begun what began to count since then counted nothing before
     */
    CpuStatsReading(CpuStatsCall domain, CpuStatsLayout layout, Instant begun) {
        this.domain = domain;
        this.layout = layout;
        this.begun = begun;
    }

    /**
     * Reads single CPUs.
     *
     * @param start the first CPU id
     * @param wanted how many ids, -1 for all
     */
    void readCpus(int start, int wanted) {
        layout.beginCpus();
        int ids = domain.get(null, 0, 0, 0);
        if (start >= ids) {
            throw new CommandFailure("Start CPU " + start + " is out of range (min: 0, max: " + (ids - 1) + ")");
        }
        if (wanted > ids) {
            layout.onlyAvailable(ids);
        }
        // as in virsh, a count that fits is not clamped to what follows the start: the CPUs past the last are not set
        int count = wanted < 0 || wanted > ids ? ids - start : wanted;
        int nparams = Math.min(domain.get(null, 0, 0, 1), Domain.MAX_CPU_STATS_PARAMS);
        if (nparams == 0) {
            layout.noCpuStats();
        } else {
            readCpus(start, Math.min(count, ids - start), nparams);
        }
    }

    private void readCpus(int start, int count, int nparams) {
        TypedParameters params = TypedParameters.allocate(nparams * Math.min(count, Domain.MAX_CPU_STATS_CPUS));
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            if (tryReadCpus(params, start, count, nparams)) {
                return;
            }
            layout.beginCpus();
        }
        throw new CommandFailure("the source started again " + MAX_ATTEMPTS + " times while it was being read");
    }

    /** Returns false if the source started again between two chunks, so that they do not belong together. */
    private boolean tryReadCpus(TypedParameters params, int start, int count, int nparams) {
        CpuStatsOrigin origin = null;
        for (int done = 0; done < count; done += Domain.MAX_CPU_STATS_CPUS) {
            int ncpus = Math.min(count - done, Domain.MAX_CPU_STATS_CPUS);
            domain.get(params, nparams, start + done, ncpus);
            CpuStatsOrigin next = params.origin().orElse(null);
            if (done > 0 && generation(next) != generation(origin)) {
                return false;
            }
            requireCounted(next);
            origin = next;
            layOut(params, start + done, ncpus, nparams);
        }
        layout.endCpus(origin);
        return true;
    }

    /** Zeros of a counter that began with this very run would pass for times. */
    private void requireCounted(@Nullable CpuStatsOrigin origin) {
        if (origin == null || origin.since() != CpuStatsOrigin.Since.ATTACHED) {
            return;
        }
        boolean beganNow = origin.sinceTime().map(time -> !time.isBefore(begun)).orElse(false);
        if (beganNow) {
            throw new CommandFailure("nothing counted the domain's time on each CPU until now (" + origin.source()
                    + "); --for 2s counts for that time, 'vireo accounting start' from then on");
        }
    }

    private void layOut(TypedParameters params, int start, int ncpus, int nparams) {
        for (int i = 0; i < ncpus; i++) {
            // virsh's rule too: the first parameter tells whether there is such a CPU
            if (params.isSet(i * nparams)) {
                layout.cpu(start + i, params, i * nparams, nparams);
            }
        }
    }

    void readTotal() {
        int nparams = Math.min(domain.get(null, 0, -1, 1), Domain.MAX_CPU_STATS_PARAMS);
        if (nparams == 0) {
            layout.noTotalStats();
            return;
        }
        TypedParameters params = TypedParameters.allocate(nparams);
        layout.total(params, domain.get(params, nparams, -1, 1));
    }

    private static long generation(@Nullable CpuStatsOrigin origin) {
        return origin == null ? 0 : origin.generation();
    }
}
