package dev.vireo.benchmarks;

import dev.vireo.Connection;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.Drivers;
import dev.vireo.TypedParameters;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The path of one call through the library, over a driver that does nothing or next to nothing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {
    private static final int CPUS = 2;
    private static final int PARAMETERS = 2;
    private static final CpuStatsOrigin ORIGIN = CpuStatsOrigin.from("nowhere").build();

    private final Domain domain = domain(new NullDriver(DispatchBenchmark::answer));
    private final TypedParameters params = TypedParameters.allocate(CPUS * PARAMETERS);

    private static Domain domain(NullDriver driver) {
        Connection connection = Drivers.none().with(driver).open("null:///system");
        return connection.getDomainByName("null");
    }

    /** Does nothing but say where the nothing comes from, as every driver does. */
    private static int answer(
            DomainRef ref, @Nullable TypedParameters params, int nparams, int startCpu, int ncpus, int flags) {
        if (params != null) {
            params.setOrigin(ORIGIN);
        }
        return nparams;
    }

    /**
     * A question: all checks, and no entries to clear.
     *
     * @return the driver's answer
     */
    @Benchmark
    public int bare() {
        return domain.getCpuStats(null, 0, -1, 1, 0);
    }

    /**
     * With everything in: checks, the entries of two CPUs cleared, an origin set.
     *
     * @return the driver's answer
     */
    @Benchmark
    public int everything() {
        return domain.getCpuStats(params, PARAMETERS, 0, CPUS, 0);
    }
}
