package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.Domain;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * CPU ids with a gap, on version 2 of control groups: the kernel and its counts are the real ones, but for what it says which
 * CPUs there are, 1 and 3 of the possible 0 to 3.
 */
class CpuGapsIT {
    private static final Duration RUN = Duration.ofMillis(200);

    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    private Path sysfs;

    @BeforeEach
    void describeCpus() throws IOException {
        for (String name : List.of("fs", "kernel")) {
            Files.createSymbolicLink(sysfs.resolve(name), Path.of("/sys").resolve(name));
        }
        Path cpus = Files.createDirectories(sysfs.resolve("devices/system/cpu"));
        Files.writeString(cpus.resolve("possible"), "0-3\n");
        Files.writeString(cpus.resolve("present"), "1,3\n");
        Files.writeString(cpus.resolve("online"), "1,3\n");
    }

    @AfterEach
    void removeLinks() throws IOException {
        Files.delete(sysfs.resolve("fs"));
        Files.delete(sysfs.resolve("kernel"));
    }

    @Test
    void eachTimeStandsAtItsOwnCpuAndAbsentOnesHaveNone() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD, GuestSpec.of(GuestRom.SPINS));
        placed.guest().pinTo(1);
        try (Connection connection = Connection.open(RealGuestContract.URI + "?percpu=sched-events&sysfs=" + sysfs)) {
            scene.awaitKnown(connection);
            Domain domain = connection.getDomainByName(placed.name());
            assertEquals(4, domain.getCpuStats(null, 0, 0, 0, 0), "the highest id and one");
            TypedParameters params = TypedParameters.allocate(8);
            domain.getCpuStats(params, 2, 0, 4, 0);
            long before = params.unsignedLong(2);
            placed.kernel().awaitGrowth(placed.kernel().read(), RUN);
            domain.getCpuStats(params, 2, 0, 4, 0);
            assertTrue(params.unsignedLong(2) - before > RUN.toNanos() * 8 / 10, () -> "on CPU 1: " + params);
            assertFalse(params.isSet(0), "CPU 0 is absent");
            assertFalse(params.isSet(4), "CPU 2 is absent");
            assertEquals(0, params.unsignedLong(6), "CPU 3 has run nothing");
            assertEquals(
                    List.of(1, 3),
                    domain.cpuStats().hostCpus().cpus().stream()
                            .map(CpuStats.HostCpu::cpu)
                            .toList());
        }
    }
}
