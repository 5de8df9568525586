package dev.vireo.benchmarks;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

/** Readings of libvirt's guests through the public interface, by whichever driver the URI names. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LibvirtBenchmark implements AutoCloseable {
    private static final int TOTAL_PARAMETERS = 3;
    private static final int CPU_PARAMETERS = 2;
    private static final Set<StatsGroup> TOTAL = EnumSet.of(StatsGroup.CPU_TOTAL);

    /** What is opened. */
    @Param("")
    public String uri = "";

    /** The guest's name. */
    @Param("")
    public String guest = "";

    /** How many guests a bulk read must tell of, at least. */
    @Param("1")
    public int guests = 1;

    private @Nullable Connection connection;
    private @Nullable Domain domain;
    private List<Domain> listed = List.of();
    private int cpus;
    private TypedParameters params = TypedParameters.allocate(TOTAL_PARAMETERS);
    private final Totals totals = new Totals();

    /** Finds the guests, and how many CPUs the host has. */
    @Setup
    public void open() {
        connection = Connection.open(uri);
        domain = connection.getDomainByName(guest);
        listed = connection.listDomains();
        cpus = Math.min(domain.getCpuStats(null, 0, 0, 0, 0), Domain.MAX_CPU_STATS_CPUS);
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
        return checked(TOTAL_PARAMETERS, domain().getCpuStats(params, TOTAL_PARAMETERS, -1, 1, 0));
    }

    /**
     * Both times of each CPU: {@code cpu_time}, {@code vcpu_time}.
     *
     * @return how many were filled for each CPU
     */
    @Benchmark
    public int perCpu() {
        return checked(CPU_PARAMETERS, domain().getCpuStats(params, CPU_PARAMETERS, 0, cpus, 0));
    }

    /**
     * The totals of all running guests in one bulk read.
     *
     * @return how many guests told theirs
     */
    @Benchmark
    public int totals() {
        totals.clear();
        connection().getAllDomainStats(TOTAL, totals, 0);
        int told = totals.count(Statistic.CPU_TIME);
        return checked(Math.max(guests, told), told);
    }

    /**
     * The totals of all running guests in one bulk read of domains that were looked up before.
     *
     * @return how many guests told theirs
     */
    @Benchmark
    public int totalsOfListed() {
        totals.clear();
        connection().getDomainStats(listed, TOTAL, totals, 0);
        return checked(listed.size(), totals.count(Statistic.CPU_TIME));
    }

    /** What is missing would make a reading fast. */
    private static int checked(int expected, int answer) {
        if (answer != expected) {
            throw new IllegalStateException(answer + " numbers instead of " + expected);
        }
        return answer;
    }

    private Connection connection() {
        if (connection == null) {
            throw new IllegalStateException("not opened");
        }
        return connection;
    }

    private Domain domain() {
        if (domain == null) {
            throw new IllegalStateException("not opened");
        }
        return domain;
    }
}
