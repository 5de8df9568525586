package dev.vireo;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules for arguments, libvirt's. Each method returns what is wrong in the first rule that is broken, or null, so
 * that the rules can be looked at before a call is begun and reported in their place.
 */
final class Arguments {
    private Arguments() {}

    static @Nullable String domainCpuStats(
            @Nullable TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        if (nparams < 0 || ncpus < 0) {
            return "nparams and ncpus must be zero or greater, not " + nparams + " and " + ncpus;
        }
        if (startCpu == -1 && ncpus != 1) {
            return "ncpus must be 1 when startCpu is -1, not " + ncpus;
        }
        if (startCpu < -1) {
            return "startCpu must be -1 or greater, not " + startCpu;
        }
        if (ncpus == 0 && params != null) {
            return "params must be null when ncpus is 0";
        }
        if (ncpus > Domain.MAX_CPU_STATS_CPUS) {
            return "ncpus must be at most " + Domain.MAX_CPU_STATS_CPUS + ", not " + ncpus;
        }
        // a question has no entries, whatever ncpus is
        return parameters(params, nparams, Math.max(1, ncpus), noFlags(flags));
    }

    static @Nullable String schedulerParameters(@Nullable TypedParameters params, int nparams, int flags) {
        if (nparams < 0) {
            return "nparams must be zero or greater, not " + nparams;
        }
        return parameters(params, nparams, 1, impact(flags));
    }

    /** Says what is wrong with flags that choose between the domain as it runs and as it is configured. */
    static @Nullable String impact(int flags) {
        int both = Domain.AFFECT_LIVE | Domain.AFFECT_CONFIG;
        if ((flags & both) == both) {
            return "the flags AFFECT_LIVE and AFFECT_CONFIG exclude each other";
        }
        return noFlags(flags & ~both);
    }

    static @Nullable String nodeCpuStats(int cpu, @Nullable TypedParameters params, int nparams, int flags) {
        if (nparams < 0) {
            return "nparams must be zero or greater, not " + nparams;
        }
        if (cpu < -1) {
            return "cpu must be -1 or greater, not " + cpu;
        }
        return parameters(params, nparams, 1, noFlags(flags));
    }

    static @Nullable String bulk(Set<StatsGroup> groups, int flags) {
        if (groups.isEmpty()) {
            return "groups must name at least one of " + Set.of(StatsGroup.values());
        }
        return noFlags(flags);
    }

    private static @Nullable String parameters(
            @Nullable TypedParameters params, int nparams, int ncpus, @Nullable String wrongFlags) {
        if (params == null && nparams != 0) {
            return "params must not be null when nparams is " + nparams;
        }
        if (params != null && nparams == 0) {
            return "params must be null when nparams is 0";
        }
        if (nparams > Domain.MAX_CPU_STATS_PARAMS) {
            return "nparams must be at most " + Domain.MAX_CPU_STATS_PARAMS + ", not " + nparams;
        }
        if (params != null && params.capacity() < nparams * ncpus) {
            return "params has room for " + params.capacity() + " entries, and nparams * ncpus is " + nparams * ncpus;
        }
        return wrongFlags;
    }

    private static @Nullable String noFlags(int flags) {
        return flags == 0 ? null : "unsupported flags (0x" + Integer.toHexString(flags) + ")";
    }
}
