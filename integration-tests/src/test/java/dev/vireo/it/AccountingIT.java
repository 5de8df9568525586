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
import dev.vireo.driver.qemu.cgroup.linux.Bpf;
import dev.vireo.driver.qemu.cgroup.linux.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    void aGuestThatEndedWhileNobodyLookedIsForgotten() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        long id = (Long) Files.getAttribute(placed.group().directory(), "unix:ino");
        try (Connection connection = open()) {
            scene.awaitKnown(connection);
            connection.startCpuAccounting();
            assertTrue(cpus(connection.getDomainByName(placed.name())).isAvailable());
        }
        assertTrue(watchedGroups().contains(id));
        placed.guest().close();
        placed.group().close();
        try (Connection connection = open()) {
            PlacedGuest next = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
            scene.awaitKnown(connection);
            assertTrue(cpus(connection.getDomainByName(next.name())).isAvailable());
            assertFalse(watchedGroups().contains(id));
            connection.stopCpuAccounting();
        }
    }

    /** The keys of the pinned map: what the programs look for. */
    private List<Long> watchedGroups() throws IOException {
        Bpf bpf = Bpf.ofThisKernel();
        try (Descriptor map = bpf.openPinned(bpffs.resolve("vireo-1/groups"))) {
            return bpf.elements(map).keys();
        }
    }

    @Test
    void aGuestThatMovesToAnotherGroupLeavesNoRowsBehind() throws IOException {
        PlacedGuest placed = scene.serviceGuest(CgroupVersion.V2, GuestSpec.of(GuestRom.SPINS));
        long id = (Long) Files.getAttribute(placed.group().directory(), "unix:ino");
        try (Connection connection = open()) {
            connection.startCpuAccounting();
            scene.awaitKnown(connection);
            cpus(connection.getDomainByName(placed.name()));
        }
        PlacedGuest moved = scene.place(CgroupVersion.V2, scene.plainGroup(CgroupVersion.V2), placed.guest());
        for (int i = 0; i < 2; i++) {
            try (Connection connection = open()) {
                cpus(connection.getDomainByName(moved.name()));
            }
        }
        assertFalse(watchedGroups().contains(id));
        assertFalse(watchedGroups().isEmpty());
    }

    @Test
    void aReaderThatIsKilledLeavesWhatIsPinnedAndNothingElse() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection connection = open()) {
            scene.awaitKnown(connection);
            connection.startCpuAccounting();
            List<Path> pinned = pinned();
            List<Long> watched = watchedGroups();
            Process reader = readElsewhere(placed);
            reader.destroyForcibly().onExit().join();
            assertEquals(pinned, pinned());
            assertEquals(Set.copyOf(watched), Set.copyOf(watchedGroups()));
            long before = sum(connection.getDomainByName(placed.name()));
            placed.kernel().awaitGrowth(placed.kernel().read(), RUN);
            assertTrue(sum(connection.getDomainByName(placed.name())) - before >= RUN.toNanos() / 2);
        }
    }

    @Test
    void twoProcessesReadOnePinAndAgree() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection connection = open()) {
            scene.awaitKnown(connection);
            connection.startCpuAccounting();
            CpuStatsOrigin origin =
                    cpus(connection.getDomainByName(placed.name())).origin().orElseThrow();
            CommandRun other = CommandRun.of(Duration.ofMinutes(1), reading(placed, "--json"))
                    .requireSuccess();
            String since = origin.sinceTime().orElseThrow().toString();
            assertTrue(other.out().contains("\"source\":\"sched-events\""), other::toString);
            assertTrue(other.out().contains(since), () -> since + " in " + other);
        }
    }

    /** A user who stops a command with the keyboard must not stop everybody who reads. */
    @Test
    void whoHoldsTheLockOfThePinsForEverStopsNobodyForEver() throws IOException {
        Requirements.requireProgram("flock", "util-linux");
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection connection = open()) {
            connection.startCpuAccounting();
        }
        Process holder = new ProcessBuilder(
                        "flock", bpffs.resolve("vireo-1").toString(), "sh", "-c", "echo; exec sleep 600")
                .start();
        try (Connection connection = open()) {
            assertEquals('\n', holder.getInputStream().read());
            scene.awaitKnown(connection);
            CpuStats stats = connection.getDomainByName(placed.name()).cpuStats();
            assertTrue(
                    String.valueOf(stats.hostCpus().unavailable()).contains("held by another process"),
                    stats::toString);
            holder.descendants().forEach(ProcessHandle::destroyForcibly);
            holder.destroyForcibly().onExit().join();
            assertTrue(cpus(connection.getDomainByName(placed.name())).isAvailable());
        } finally {
            holder.descendants().forEach(ProcessHandle::destroyForcibly);
            holder.destroyForcibly();
        }
    }

    /** Starts a process that reads the guest again and again, and waits until it has begun. */
    private Process readElsewhere(PlacedGuest placed) throws IOException {
        Process reader = new ProcessBuilder(reading(placed, "--for", "1min"))
                .redirectErrorStream(true)
                .start();
        Path descriptors = Path.of("/proc", Long.toString(reader.pid()), "fd");
        Await.until("it has opened what is pinned", Duration.ofSeconds(60), () -> hasMaps(descriptors));
        return reader;
    }

    private static boolean hasMaps(Path descriptors) throws IOException {
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.anyMatch(AccountingIT::isMap);
        }
    }

    private static boolean isMap(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("bpf-map");
        } catch (IOException closed) {
            return false;
        }
    }

    private List<String> reading(PlacedGuest placed, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                String.join(":", BuiltJars.paths()),
                "dev.vireo.cli.Main",
                "-c",
                uri(),
                "cpu-stats",
                Integer.toString(placed.id())));
        command.addAll(List.of(options));
        return command;
    }
}
