package dev.vireo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.spi.HypervisorDriver;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A driver's jar that was built when the interface had level 1, and is kept: it goes on working, with all that level 1 had,
 * and answers {@code NO_SUPPORT} for what came later.
 */
class FrozenDriverTest {
    private static final Path JAR = Path.of("src/test/frozen/level-1/frozen-driver-level-1.jar");

    private Drivers drivers;
    private Connection connection;
    private Domain domain;

    @BeforeEach
    void loadTheJar(@TempDir Path directory) throws IOException {
        Files.copy(JAR, directory.resolve("frozen.jar"));
        drivers = Drivers.none().withDirectory(directory);
        connection = drivers.open("frozen:///", OpenOptions.defaults().readWrite());
        domain = connection.getDomainByName("ice");
    }

    @AfterEach
    void close() {
        connection.close();
    }

    private static Set<Operation> ofLevel(int most) {
        return EnumSet.allOf(Operation.class).stream()
                .filter(operation -> operation.level() <= most)
                .collect(Collectors.toSet());
    }

    @Test
    void itSaysThatItIsOfLevelOneWhateverTheLibrarysIs() {
        InstalledDriver frozen = drivers.list().get(0);
        assertEquals(Optional.empty(), frozen.problem());
        assertEquals(1, frozen.level());
        assertTrue(HypervisorDriver.LEVEL >= frozen.level());
    }

    @Test
    void levelOneIsWhatItsFrozenLibraryHas() throws Exception {
        URL library =
                Path.of("src/test/frozen/level-1/vireo-api-level-1.jar").toUri().toURL();
        try (URLClassLoader frozen = new URLClassLoader(new URL[] {library}, ClassLoader.getPlatformClassLoader())) {
            Object[] operations = frozen.loadClass(Operation.class.getName()).getEnumConstants();
            assertEquals(
                    ofLevel(1).stream().map(Operation::name).collect(Collectors.toSet()),
                    Arrays.stream(operations).map(Object::toString).collect(Collectors.toSet()));
        }
    }

    /** {@code EnumSet.allOf} in its code means all that there are today: what a connection has is what its table has. */
    @Test
    void itsConnectionsHaveAllOfLevelOneAndNothingOfLaterLevels() {
        assertEquals(ofLevel(1), connection.operations());
        assertEquals(ofLevel(1), drivers.list().get(0).operations());
        HypervisorException later =
                assertThrows(HypervisorException.class, () -> domain.getSchedulerParameters(null, 0, 0));
        assertEquals(ErrorCode.NO_SUPPORT, later.code());
        assertEquals(
                ErrorCode.NO_SUPPORT,
                assertThrows(HypervisorException.class, () -> domain.getVcpuPinInfo(0))
                        .code());
    }

    @Test
    void itsTimesAreReadWithAGapAndTheirOrigin() {
        TypedParameters params = TypedParameters.allocate(6);
        assertEquals(1, domain.getCpuStats(params, 2, 0, 3, 0));
        assertEquals(1_500_000_000L, params.unsignedLong(0));
        assertFalse(params.isSet(2));
        assertEquals(1_500_000_000L, params.unsignedLong(4));
        CpuStats stats = domain.cpuStats();
        assertEquals(3_000_000_000L, stats.total().cpuTimeNanos().value());
        assertEquals("ice", params.origin().orElseThrow().source());
    }

    @Test
    void itsOtherEntriesAnswer() {
        assertEquals("glacier", connection.getHostname());
        assertEquals("1.2.3", connection.getVersion().toString());
        assertEquals("ice", connection.getNodeInfo().model());
        assertEquals(2, connection.getNodeCpuMap().presentCount());
        assertEquals(1, connection.getNodeCpuStats(-1, null, 0, 0));
        assertFalse(connection.getCpuAccounting().running());
        assertEquals(DomainState.RUNNING, domain.getInfo().state());
        VcpuTimes vcpus = VcpuTimes.allocate(1);
        domain.getVcpus(vcpus);
        assertEquals(2, vcpus.cpu(0));
        assertEquals(Optional.of("it is frozen"), vcpus.reason(VcpuTimes.Column.DELAY));
        HypervisorException refused = assertThrows(HypervisorException.class, domain::destroy);
        assertEquals(ErrorCode.OPERATION_FAILED, refused.code());
    }

    @Test
    void itsEventsAndBulkReadsArrive() throws InterruptedException {
        BlockingQueue<DomainEvent> events = new LinkedBlockingQueue<>();
        connection.onDomainEvent(events::add);
        domain.suspend();
        DomainEvent event = events.poll(20, TimeUnit.SECONDS);
        assertEquals(DomainEvent.Type.SUSPENDED, event == null ? null : event.type());
        List<String> seen = new ArrayList<>();
        connection.getAllDomainStats(EnumSet.allOf(StatsGroup.class), new Noted(seen), 0);
        assertEquals(List.of("ice RUNNING", "CPU_TIME 0 3000000000", "VCPU_TIME 0 it is frozen"), seen);
    }

    private record Noted(List<String> seen) implements DomainStatsVisitor {
        @Override
        public void domain(DomainRef domain, DomainState state) {
            seen.add(domain.name() + " " + state);
        }

        @Override
        public void value(Statistic statistic, int index, long value) {
            seen.add(statistic + " " + index + " " + value);
        }

        @Override
        public void unavailable(Statistic statistic, int index, String reason) {
            seen.add(statistic + " " + index + " " + reason);
        }
    }

    @Test
    void itsOptionsAndReasonsAreHandedOn() {
        HypervisorException declined =
                assertThrows(HypervisorException.class, () -> drivers.open("frozen:///?declines=too%20warm"));
        assertEquals(ErrorCode.NO_CONNECT, declined.code());
        assertTrue(declined.getMessage().contains("declined: too warm"), declined::getMessage);
    }
}
