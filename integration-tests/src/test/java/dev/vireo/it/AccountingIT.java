package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Counting that outlives a process, pinned in a bpffs of the test's own. */
class AccountingIT {
    private static final Duration RUN = Duration.ofMillis(200);

    @RegisterExtension
    final Scene scene = new Scene();

    private Path bpffs;

    private String uri() throws IOException {
        if (bpffs == null) {
            bpffs = scene.opened(BpfFileSystem.mount()).directory();
        }
        return RealGuestContract.URI + "?percpu=sched-events&bpffs=" + bpffs;
    }

    private Connection open() throws IOException {
        return Connection.open(uri(), OpenOptions.defaults().readWrite());
    }

    /** What is pinned, but for what the kernel itself puts into each bpffs. */
    private List<Path> pinned() throws IOException {
        try (Stream<Path> files = Files.walk(bpffs)) {
            return files.filter(file -> !file.equals(bpffs) && !file.toString().endsWith(".debug"))
                    .toList();
        }
    }

    private static CpuStats.HostCpus cpus(Domain domain) {
        CpuStats.HostCpus cpus = domain.cpuStats().hostCpus();
        assertTrue(cpus.isAvailable(), () -> String.valueOf(cpus.unavailable()));
        return cpus;
    }

    private static long sum(Domain domain) {
        return cpus(domain).cpus().stream()
                .mapToLong(cpu -> cpu.cpuTimeNanos().value())
                .sum();
    }

    @Test
    void whatOneConnectionBeganIsCountedWithoutAnyAndFoundByTheNext() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection connection = open()) {
            scene.awaitKnown(connection);
            assertFalse(connection.getCpuAccounting().running());
            connection.startCpuAccounting();
            assertTrue(connection.getCpuAccounting().since().isPresent());
        }
        KernelTimes before = placed.kernel().read();
        long unseen = placed.kernel().awaitGrowth(before, RUN).cpuTime() - before.cpuTime();
        try (Connection connection = open()) {
            scene.awaitKnown(connection);
            long counted = sum(connection.getDomainByName(placed.name()));
            assertTrue(counted >= unseen, () -> "counted " + counted + " of " + unseen);
            connection.startCpuAccounting();
            assertTrue(sum(connection.getDomainByName(placed.name())) >= counted, "starting again changes nothing");
            connection.stopCpuAccounting();
            assertFalse(connection.getCpuAccounting().running());
            connection.stopCpuAccounting();
        }
        assertEquals(List.of(), pinned());
    }

    @Test
    void allThatIsPinnedIsRootsAlone() throws IOException {
        try (Connection connection = open()) {
            connection.startCpuAccounting();
            assertFalse(pinned().isEmpty());
            for (Path file : pinned()) {
                String expected = Files.isDirectory(file) ? "rwx------" : "rw-------";
                assertEquals(expected, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
            connection.stopCpuAccounting();
        }
    }

    @Test
    void aReaderGoesOnInAnotherGenerationWhenItIsStopped() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection reader = open();
                Connection other = open()) {
            other.startCpuAccounting();
            scene.awaitKnown(reader);
            Domain domain = reader.getDomainByName(placed.name());
            CpuStatsOrigin before = cpus(domain).origin().orElseThrow();
            other.stopCpuAccounting();
            CpuStatsOrigin after = cpus(domain).origin().orElseThrow();
            assertTrue(after.generation() != before.generation(), () -> before + " and " + after);
            assertEquals("sched-events", after.source());
        }
    }

    @Test
    void aForeignMapInItsPlaceIsRefusedByItsName() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection connection = open()) {
            connection.startCpuAccounting();
        }
        Path times = pinned().stream()
                .filter(file -> file.endsWith("times"))
                .findFirst()
                .orElseThrow();
        Path settings = times.resolveSibling("settings");
        Files.delete(times);
        Files.move(settings, times);
        try (Connection connection = open()) {
            scene.awaitKnown(connection);
            CpuStats stats = connection.getDomainByName(placed.name()).cpuStats();
            assertTrue(String.valueOf(stats.hostCpus().unavailable()).contains(times.toString()), stats::toString);
            assertFalse(connection.getCpuAccounting().running());
            assertTrue(connection.getCpuAccounting().detail().contains(times.toString()));
            connection.stopCpuAccounting();
        }
        assertEquals(List.of(), pinned());
    }

    @Test
    void whatOthersMayWriteToIsRefusedByItsName() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection connection = open()) {
            connection.startCpuAccounting();
        }
        Path times = pinned().stream()
                .filter(file -> file.endsWith("times"))
                .findFirst()
                .orElseThrow();
        Files.setPosixFilePermissions(times, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (Connection connection = open()) {
            scene.awaitKnown(connection);
            CpuStats stats = connection.getDomainByName(placed.name()).cpuStats();
            assertTrue(String.valueOf(stats.hostCpus().unavailable()).contains(times.toString()), stats::toString);
            connection.stopCpuAccounting();
        }
    }

    @Test
    void aDirectoryOfAnotherUsersInItsPlaceIsNeitherUsedNorEmptied() throws IOException {
        uri();
        Path theirs = Files.createDirectory(bpffs.resolve("vireo-1"));
        Path inside = Files.createDirectory(theirs.resolve("inside"));
        Files.setAttribute(theirs, "unix:uid", 65_534);
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection connection = open()) {
            scene.awaitKnown(connection);
            assertTrue(cpus(connection.getDomainByName(placed.name())).isAvailable(), "programs of its own");
            connection.stopCpuAccounting();
            assertTrue(Files.exists(inside));
            assertThrows(HypervisorException.class, connection::startCpuAccounting);
        }
        assertEquals(List.of(theirs, inside), pinned());
    }

    @Test
    void anotherVersionBesideOursDoesNoHarm() throws IOException {
        uri();
        Path other = Files.createDirectory(bpffs.resolve("vireo-0"));
        try (Connection connection = open()) {
            connection.startCpuAccounting();
            assertTrue(connection.getCpuAccounting().running());
            connection.stopCpuAccounting();
        }
        assertTrue(Files.isDirectory(other));
        Files.delete(other);
    }

    @Test
    void withoutBpffsItSaysHowToMountIt() throws IOException {
        String nowhere = RealGuestContract.URI + "?bpffs=" + scene.directory();
        try (Connection connection =
                Connection.open(nowhere, OpenOptions.defaults().readWrite())) {
            HypervisorException refused = assertThrows(HypervisorException.class, connection::startCpuAccounting);
            assertTrue(
                    refused.getMessage().contains("mount -t bpf -o mode=0700 bpf " + scene.directory()),
                    refused.getMessage());
        }
    }

    @Test
    void aGuestThatEndedWhileNobodyLookedIsForgottenAndItsGroupGoes() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection connection = open()) {
            scene.awaitKnown(connection);
            connection.startCpuAccounting();
            assertTrue(sum(connection.getDomainByName(placed.name())) > 0);
        }
        placed.guest().close();
        placed.group().close();
        try (Connection connection = open()) {
            PlacedGuest next = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
            scene.awaitKnown(connection);
            assertTrue(cpus(connection.getDomainByName(next.name())).isAvailable());
            connection.stopCpuAccounting();
        }
    }
}
