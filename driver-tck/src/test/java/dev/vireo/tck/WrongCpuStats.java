package dev.vireo.tck;

import static dev.vireo.tck.Alterations.awaitQuietly;
import static dev.vireo.tck.Alterations.cpuStats;
import static dev.vireo.tck.Alterations.error;
import static dev.vireo.tck.Alterations.withoutOrigin;

import dev.vireo.ErrorCode;
import dev.vireo.TypedParameters;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.spi.HypervisorDriver;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Mistakes in what is asked and filled. */
enum WrongCpuStats implements WrongDriver {
    COUNTS_A_TOTAL_TOO_MANY(
            "3.1",
            cpuStats(right -> (domain, params, nparams, start, cpus, flags) ->
                    right.getCpuStats(domain, params, nparams, start, cpus, flags)
                            + (params == null && start < 0 ? 1 : 0))),
    CLEARS_MORE_THAN_ITS_OWN_ENTRIES("3.2", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        if (params != null) {
            params.clear(params.capacity());
        }
        return right.getCpuStats(domain, params, nparams, start, cpus, flags);
    })),
    COUNTS_AN_ID_TOO_MANY("3.3", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        int ids = right.getCpuStats(domain, null, 0, 0, 0, 0);
        if (params == null && start >= 0 && cpus == 0) {
            return ids + 1;
        }
        return params != null && start == ids ? 0 : right.getCpuStats(domain, params, nparams, start, cpus, flags);
    })),
    LOOKS_AT_THE_CPU_OF_A_QUESTION("3.4", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        if (params == null && start >= right.getCpuStats(domain, null, 0, 0, 0, 0)) {
            throw error(ErrorCode.INVALID_ARG, "no such CPU");
        }
        return right.getCpuStats(domain, params, nparams, start, cpus, flags);
    })),
    IGNORES_THE_STRIDE("3.5", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        if (params == null || start < 0 || nparams <= 2) {
            return right.getCpuStats(domain, params, nparams, start, cpus, flags);
        }
        return right.getCpuStats(domain, params, 2, start, cpus, flags);
    })),
    CLEARS_WHAT_IT_HAS_FILLED("3.5", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        int filled = right.getCpuStats(domain, params, nparams, start, cpus, flags);
        if (params != null && nparams > filled) {
            params.clear(start < 0 ? 0 : nparams * cpus);
        }
        return filled;
    })),
    IS_OFF_BY_ONE_CPU("3.6", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        boolean isOne = params != null && cpus == 1 && start > 0 && start < right.getCpuStats(domain, null, 0, 0, 0, 0);
        return right.getCpuStats(domain, params, nparams, isOne ? start - 1 : start, cpus, flags);
    })),
    FINDS_NOTHING_WRONG_PAST_THE_LAST_CPU(
            "3.7",
            cpuStats(right -> (domain, params, nparams, start, cpus, flags) ->
                    params != null && start >= right.getCpuStats(domain, null, 0, 0, 0, 0)
                            ? 0
                            : right.getCpuStats(domain, params, nparams, start, cpus, flags))),
    FILLS_ABSENT_CPUS_WITH_ZEROS("3.8", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        int filled = right.getCpuStats(domain, params, nparams, start, cpus, flags);
        int ids = right.getCpuStats(domain, null, 0, 0, 0, 0);
        for (int cpu = 0; params != null && start >= 0 && cpu < cpus && start + cpu < ids; cpu++) {
            if (!params.isSet(cpu * nparams)) {
                params.setUnsignedLong(cpu * nparams, CpuTable.CPU_TIME, 0);
            }
        }
        return filled;
    })),
    TELLS_EACH_TIME_AT_THE_NEXT_CPU("3.8", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        int ids = right.getCpuStats(domain, null, 0, 0, 0, 0);
        if (params == null || start < 0 || start >= ids) {
            return right.getCpuStats(domain, params, nparams, start, cpus, flags);
        }
        TypedParameters all = TypedParameters.allocate(2 * ids);
        right.getCpuStats(domain, all, 2, 0, ids, flags);
        all.origin().ifPresent(params::setOrigin);
        for (int c = 0; c < cpus && start + c < ids; c++) {
            int from = (start + c + ids - 1) % ids * 2;
            for (int i = 0; i < Math.min(2, nparams); i++) {
                if (all.isSet(from + i)) {
                    params.setUnsignedLong(c * nparams + i, all.name(from + i), all.unsignedLong(from + i));
                }
            }
        }
        return Math.min(2, nparams);
    })),
    SETS_NO_ORIGIN("3.9", cpuStats(withoutOrigin(start -> start < 0))),
    SAYS_THAT_IT_FILLED_MORE_THAN_ASKED("3.6", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        int filled = right.getCpuStats(domain, params, nparams, start, cpus, flags);
        return params != null && start >= 0 ? 2 : filled;
    })),
    SETS_NO_ORIGIN_PER_CPU("3.9", cpuStats(withoutOrigin(start -> start >= 0))),
    NEVER_COMES_BACK("3.5", cpuStats(right -> (domain, params, nparams, start, cpus, flags) -> {
        if (params != null && start >= 0 && nparams > 2) {
            awaitQuietly(new CountDownLatch(1));
        }
        return right.getCpuStats(domain, params, nparams, start, cpus, flags);
    }));

    @SuppressWarnings("ImmutableEnumChecker") // what makes the driver has no state
    private final Mistake mistake;

    WrongCpuStats(String rule, Function<TestHypervisor, HypervisorDriver> maker) {
        mistake = new Mistake(rule, maker);
    }

    @Override
    public Mistake mistake() {
        return mistake;
    }
}
