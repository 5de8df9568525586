package dev.vireo.benchmarks;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Readings of one guest of this host, through the public interface. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NativeBenchmark implements AutoCloseable {
    static final String URI = "qemu+cgroup:///system";

    private static final int TOTAL_PARAMETERS = 3;
    private static final int CPU_PARAMETERS = 2;
    private static final int MOST_VCPUS = 16;

    /** The guest's name. */
    @Param("")
    public String guest = "";

    /** What the connection is opened by. */
    @Param(URI)
    public String uri = URI;

    private @Nullable Connection connection;
    private @Nullable Domain domain;
    private int cpus;
    private TypedParameters params = TypedParameters.allocate(TOTAL_PARAMETERS);
    private final VcpuTimes vcpuTimes = VcpuTimes.allocate(MOST_VCPUS);

    /** Finds the guest. */
    @Setup
    public void open() {
        connection = Connection.open(uri);
        domain = connection.getDomainByName(guest);
        cpus = Math.min(connection.getNodeCpuMap().size(), Domain.MAX_CPU_STATS_CPUS);
        params = TypedParameters.allocate(Math.max(TOTAL_PARAMETERS, cpus * CPU_PARAMETERS));
    }

    /** Closes the connection. */
    @Override
    @TearDown
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }

    /**
     * The total: {@code cpu_time}, {@code user_time}, {@code system_time}.
     *
     * @return how many were filled
     */
    @Benchmark
    public int total() {
        return domain().getCpuStats(params, TOTAL_PARAMETERS, -1, 1, 0);
    }

    /**
     * Both times of each CPU: {@code cpu_time}, {@code vcpu_time}.
     *
     * @return how many were filled for each CPU
     */
    @Benchmark
    public int perCpu() {
        return domain().getCpuStats(params, CPU_PARAMETERS, 0, cpus, 0);
    }

    /**
     * The vCPUs.
     *
     * @return how many there are
     */
    @Benchmark
    public int vcpus() {
        domain().getVcpus(vcpuTimes);
        return vcpuTimes.size();
    }

    private Domain domain() {
        if (domain == null) {
            throw new IllegalStateException("not opened");
        }
        return domain;
    }
}
