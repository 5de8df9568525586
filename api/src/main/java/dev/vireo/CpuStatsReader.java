package dev.vireo;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds {@link CpuStats} from {@link Domain#getCpuStats} alone: questions first, then the values, in chunks. */
final class CpuStatsReader {
    private static final int MAX_ATTEMPTS = 10;

    /** Errors that are about the domain as a whole, so that no part can be had. */
    private static final Set<ErrorCode> ABOUT_THE_DOMAIN =
            EnumSet.of(ErrorCode.INVALID_CONN, ErrorCode.NO_DOMAIN, ErrorCode.OPERATION_INVALID, ErrorCode.NO_SUPPORT);

    private final Domain domain;

    CpuStatsReader(Domain domain) {
        this.domain = domain;
    }

    CpuStats read() {
        HypervisorException noTotal = null;
        CpuStats.Total total;
        try {
            total = readTotal();
        } catch (HypervisorException error) {
            noTotal = unlessAboutTheDomain(error);
            Reading unavailable = Reading.unavailable(reason(error));
            total = new CpuStats.Total(unavailable, unavailable, unavailable, Optional.empty());
        }
        try {
            return new CpuStats(total, readHostCpus());
        } catch (HypervisorException error) {
            if (noTotal != null) {
                if (error != noTotal) {
                    noTotal.addSuppressed(error);
                }
                throw noTotal;
            }
            unlessAboutTheDomain(error);
            return new CpuStats(total, new CpuStats.HostCpus(List.of(), reason(error), Optional.empty()));
        }
    }

    private CpuStats.Total readTotal() {
        int nparams = Math.min(domain.getCpuStats(null, 0, -1, 1, 0), Domain.MAX_CPU_STATS_PARAMS);
        TypedParameters params = TypedParameters.allocate(nparams);
        if (nparams > 0) {
            domain.getCpuStats(params, nparams, -1, 1, 0);
        }
        return new CpuStats.Total(
                field(params, 0, nparams, "cpu_time"),
                field(params, 0, nparams, "user_time"),
                field(params, 0, nparams, "system_time"),
                params.origin());
    }

    private CpuStats.HostCpus readHostCpus() {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            CpuStats.HostCpus hostCpus = tryReadHostCpus();
            if (hostCpus != null) {
                return hostCpus;
            }
        }
        String reason = "the source started again " + MAX_ATTEMPTS + " times while it was being read";
        return new CpuStats.HostCpus(List.of(), reason, Optional.empty());
    }

    /** Returns null if the source started again between two chunks, so that they do not belong together. */
    private CpuStats.@Nullable HostCpus tryReadHostCpus() {
        int ids = domain.getCpuStats(null, 0, 0, 0, 0);
        int nparams = Math.min(domain.getCpuStats(null, 0, 0, 1, 0), Domain.MAX_CPU_STATS_PARAMS);
        TypedParameters params = TypedParameters.allocate(nparams * Math.min(ids, Domain.MAX_CPU_STATS_CPUS));
        List<CpuStats.HostCpu> cpus = new ArrayList<>();
        Optional<CpuStatsOrigin> origin = Optional.empty();
        for (int start = 0; start < ids && nparams > 0; start += Domain.MAX_CPU_STATS_CPUS) {
            int count = Math.min(ids - start, Domain.MAX_CPU_STATS_CPUS);
            domain.getCpuStats(params, nparams, start, count, 0);
            if (start > 0 && generation(params.origin()) != generation(origin)) {
                return null;
            }
            origin = params.origin();
            addPresent(cpus, params, nparams, start, count);
        }
        return new CpuStats.HostCpus(cpus, null, origin);
    }

    private static void addPresent(
            List<CpuStats.HostCpu> cpus, TypedParameters params, int nparams, int start, int count) {
        for (int c = 0; c < count; c++) {
            Reading cpuTime = field(params, c * nparams, nparams, "cpu_time");
            Reading vcpuTime = field(params, c * nparams, nparams, "vcpu_time");
            if (cpuTime.isAvailable() || vcpuTime.isAvailable()) {
                cpus.add(new CpuStats.HostCpu(start + c, cpuTime, vcpuTime));
            }
        }
    }

    private static long generation(Optional<CpuStatsOrigin> origin) {
        return origin.map(CpuStatsOrigin::generation).orElse(0L);
    }

    private static Reading field(TypedParameters params, int from, int count, String name) {
        for (int i = from; i < from + count; i++) {
            if (params.isSet(i) && params.name(i).equals(name) && params.type(i) == ParameterType.ULLONG) {
                return Reading.of(params.unsignedLong(i));
            }
        }
        return Reading.unavailable(
                params.origin().map(origin -> origin.missing().get(name)).orElse("the driver does not give it"));
    }

    private static HypervisorException unlessAboutTheDomain(HypervisorException error) {
        if (ABOUT_THE_DOMAIN.contains(error.code())) {
            throw error;
        }
        return error;
    }

    private static String reason(HypervisorException error) {
        return String.valueOf(error.getMessage());
    }
}
