package dev.vireo.it;

import dev.vireo.Domain;
import dev.vireo.TypedParameters;

/** Calls of {@code getCpuStats} that are wrong whatever the driver, one for each rule. */
enum RefusedCall {
    NEGATIVE_NPARAMS(1, -1, 0, 1, 0),
    NEGATIVE_NCPUS(1, 1, 0, -1, 0),
    TOTAL_OF_NO_CPU(0, 0, -1, 0, 0),
    TOTAL_OF_TWO_CPUS(2, 1, -1, 2, 0),
    START_BELOW_THE_TOTAL(1, 1, -2, 1, 0),
    NPARAMS_WITHOUT_PARAMS(0, 1, 0, 1, 0),
    PARAMS_WITHOUT_NPARAMS(1, 0, 0, 1, 0),
    PARAMS_WITHOUT_NCPUS(1, 1, 0, 0, 0),
    TOO_MANY_PARAMS(17, 17, 0, 1, 0),
    TOO_MANY_CPUS(129, 1, 0, 129, 0),
    TOO_MANY_CPUS_TO_COUNT_STATISTICS_OF(0, 0, 0, 129, 0),
    PARAMS_TOO_SMALL(3, 2, 0, 2, 0),
    A_FLAG(1, 1, -1, 1, 1),
    THE_FLAG_THAT_LIBVIRT_SETS_ITSELF(1, 1, -1, 1, 4);

    private final int capacity;
    private final int nparams;
    private final int startCpu;
    private final int ncpus;
    private final int flags;

    RefusedCall(int capacity, int nparams, int startCpu, int ncpus, int flags) {
        this.capacity = capacity;
        this.nparams = nparams;
        this.startCpu = startCpu;
        this.ncpus = ncpus;
        this.flags = flags;
    }

    void on(Domain domain) {
        TypedParameters params = capacity == 0 ? null : TypedParameters.allocate(capacity);
        domain.getCpuStats(params, nparams, startCpu, ncpus, flags);
    }
}
