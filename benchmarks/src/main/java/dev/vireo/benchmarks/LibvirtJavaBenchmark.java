package dev.vireo.benchmarks;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.TypedParameter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The total of one guest through libvirt-java alone, which runs no event loop unless it is asked to. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LibvirtJavaBenchmark {
    /** What is opened. */
    @Param("")
    public String uri = "";

    /** The guest's name. */
    @Param("")
    public String guest = "";

    private @Nullable Connect connect;
    private @Nullable Domain domain;

    /**
     * Finds the guest.
     *
     * @throws LibvirtException if it cannot
     */
    @Setup
    public void open() throws LibvirtException {
        connect = new Connect(uri, true);
        domain = connect.domainLookupByName(guest);
    }

    /**
     * Closes the connection.
     *
     * @throws LibvirtException if it cannot
     */
    @TearDown
    public void close() throws LibvirtException {
        if (domain != null) {
            domain.free();
        }
        if (connect != null) {
            connect.close();
        }
    }

    /**
     * The total.
     *
     * @return its statistics
     * @throws LibvirtException if it cannot be read
     */
    @Benchmark
    public TypedParameter[] total() throws LibvirtException {
        if (domain == null) {
            throw new IllegalStateException("not opened");
        }
        return domain.getCPUStats(-1, 1);
    }
}
