package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A guest that nobody manages, alone in a group of cgroup v1 that may run for a fifth of the time. */
class LimitedGuestIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    final Scene scene = new Scene();

    private Path group;
    private Guest guest;

    @BeforeEach
    void startGuest() throws IOException {
        Requirements.cpuController();
        guest = scene.start(GuestSpec.of(GuestRom.SPINS));
        Path root = Requirements.cpuMount().orElseThrow();
        group = Files.createDirectory(root.resolve(guest.spec().name()));
        scene.opened(() -> Await.until("the group is gone", LIMIT, () -> isRemoved(root)));
        write("cpu.shares", "300");
        write("cpu.cfs_period_us", "50000");
        write("cpu.cfs_quota_us", "10000");
        write("cgroup.procs", Integer.toString(guest.pid()));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(group.resolve(file), text);
    }

    /** A process that was killed is in its group until it has ended. */
    private boolean isRemoved(Path root) throws IOException {
        for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
            try {
                Files.writeString(root.resolve("cgroup.procs"), pid);
            } catch (IOException ended) {
                // then it is not in the way
            }
        }
        try {
            Files.delete(group);
            return true;
        } catch (IOException busy) {
            return false;
        }
    }

    private static Map<String, String> parameters(Domain domain) {
        TypedParameters params = TypedParameters.allocate(Domain.MAX_SCHEDULER_PARAMETERS);
        int filled = domain.getSchedulerParameters(params, params.capacity(), Domain.AFFECT_LIVE);
        Map<String, String> read = new LinkedHashMap<>();
        for (int i = 0; i < filled; i++) {
            read.put(params.name(i), params.valueAsString(i));
        }
        return read;
    }

    private long throttledByKernel() throws IOException {
        List<String> lines = Files.readAllLines(group.resolve("cpu.stat"));
        return lines.stream()
                .filter(line -> line.startsWith("throttled_time "))
                .mapToLong(line -> Long.parseLong(line.substring("throttled_time ".length())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itsWeightAndLimitAreThoseOfItsGroupAndItsVcpusHaveNoneOfTheirOwn() throws IOException {
        try (Connection connection = scene.connect()) {
            Map<String, String> read =
                    parameters(connection.getDomainByName(guest.spec().name()));
            assertEquals("300", read.get("cpu_shares"));
            assertEquals("50000", read.get("global_period"));
            assertEquals("10000", read.get("global_quota"));
            assertFalse(read.containsKey("vcpu_quota"), read::toString);
        }
    }

    @Test
    void howLongItIsHeldBackIsWhatTheKernelCounts() throws IOException {
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(guest.spec().name());
            long first = throttledByKernel();
            long enough = first + Duration.ofMillis(300).toNanos();
            Await.until("it is held back", LIMIT, () -> throttledByKernel() >= enough);
            long before = throttledByKernel();
            long told = Long.parseLong(parameters(domain).get("throttled_time"));
            long after = throttledByKernel();
            assertTrue(before <= told && told <= after, () -> before + " <= " + told + " <= " + after);
        }
    }
}
