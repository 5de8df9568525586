package dev.vireo.cli;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.ParameterType;
import dev.vireo.TypedParameters;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a domain has used since the reading before, answered as if it were all that it has used. */
final class CpuStatsDifference implements CpuStatsCall {
    private final Domain domain;
    private final Map<Integer, TypedParameters> before = new HashMap<>();

    CpuStatsDifference(Domain domain) {
        this.domain = domain;
    }

    /** Reads for the first time. */
    int begin(@Nullable TypedParameters params, int nparams, int startCpu, int ncpus) {
        if (params == null) {
            return domain.getCpuStats(null, nparams, startCpu, ncpus, 0);
        }
        TypedParameters first = TypedParameters.allocate(params.capacity());
        int answer = domain.getCpuStats(first, nparams, startCpu, ncpus, 0);
        before.put(startCpu, first);
        return answer;
    }

    @Override
    public int get(@Nullable TypedParameters params, int nparams, int startCpu, int ncpus) {
        // what cannot be read now is nothing that the next reading is compared with
        TypedParameters earlier = params == null ? null : before.remove(startCpu);
        int answer = domain.getCpuStats(params, nparams, startCpu, ncpus, 0);
        if (params != null) {
            before.put(startCpu, copy(params, nparams * ncpus));
            subtract(params, earlier, nparams * ncpus);
        }
        return answer;
    }

    private static TypedParameters copy(TypedParameters params, int count) {
        TypedParameters copy = TypedParameters.allocate(params.capacity());
        for (int i = 0; i < count; i++) {
            if (params.isSet(i) && params.type(i) == ParameterType.ULLONG) {
                copy.setUnsignedLong(i, params.name(i), params.unsignedLong(i));
            } else if (params.isSet(i)) {
                copy.setText(i, params.name(i), params.valueAsString(i));
            }
        }
        params.origin().ifPresent(copy::setOrigin);
        return copy;
    }

    private static void subtract(TypedParameters params, @Nullable TypedParameters first, int count) {
        if (first == null) {
            throw new CommandFailure("it could not be read at first, so that there is no difference; try again");
        }
        if (generation(first) != generation(params)) {
            throw new CommandFailure("the source started again meanwhile, so that there is no difference; try again");
        }
        for (int i = 0; i < count; i++) {
            if (params.isSet(i) && !first.isSet(i)) {
                throw new CommandFailure(
                        params.name(i) + " could not be read at first, so that there is no difference");
            }
            if (params.isSet(i) && params.type(i) == ParameterType.ULLONG) {
                params.setUnsignedLong(i, params.name(i), difference(params, first, i));
            }
        }
    }

    private static long difference(TypedParameters params, TypedParameters first, int index) {
        if (Long.compareUnsigned(params.unsignedLong(index), first.unsignedLong(index)) < 0) {
            throw new CommandFailure(params.name(index) + " went back, so that there is no difference over this time");
        }
        return params.unsignedLong(index) - first.unsignedLong(index);
    }

    private static long generation(TypedParameters params) {
        return params.origin().map(CpuStatsOrigin::generation).orElse(0L);
    }
}
