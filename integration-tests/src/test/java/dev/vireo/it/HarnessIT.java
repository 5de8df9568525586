package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the tests of real guests stand on does what they think it does. */
class HarnessIT {
    @RegisterExtension
    final Scene scene = new Scene();

    @ParameterizedTest
    @EnumSource
    void aClosedGroupIsGoneEvenIfItsGuestStillRuns(CgroupVersion version) throws IOException {
        PlacedGuest placed = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD);
        placed.group().close();
        assertFalse(Files.exists(placed.group().directory()));
        assertTrue(placed.guest().isRunning());
    }

    @ParameterizedTest
    @EnumSource
    void aClosedGuestHasEnded(CgroupVersion version) throws IOException {
        PlacedGuest placed = scene.libvirtGuest(version, LibvirtLayout.WITHOUT_SYSTEMD);
        placed.guest().close();
        assertFalse(Files.exists(placed.guest().procDirectory()));
    }

    @Test
    void eachVcpuHasAThreadOfItsOwn() throws IOException {
        PlacedGuest placed = scene.libvirtGuest(
                CgroupVersion.V1,
                LibvirtLayout.SYSTEMD,
                GuestSpec.of(GuestRom.SPINS).withVcpus(2));
        assertEquals(Set.of(0, 1), placed.guest().vcpuThreads().keySet());
        assertEquals(2, Set.copyOf(placed.guest().vcpuThreads().values()).size());
    }

    @ParameterizedTest
    @EnumSource
    void aSpinningGuestIsSeenToRun(CgroupVersion version) throws IOException {
        PlacedGuest placed = scene.libvirtGuest(version, LibvirtLayout.SYSTEMD);
        KernelTimes before = placed.kernel().read();
        KernelTimes after = placed.kernel().awaitGrowth(before, Duration.ofMillis(100));
        assertTrue(after.cpuTime() > before.cpuTime());
        assertEquals(version == CgroupVersion.V1, !after.cpus().isEmpty());
        assertEquals(version == CgroupVersion.V1, !after.vcpus().isEmpty());
    }

    @Test
    void lookalikesSeemToBeQemuAndEndWhenTheyAreClosed() throws IOException {
        Lookalikes guests = Lookalikes.start(scene.program("lookalike"), UniqueNames.next(), 3);
        List<Path> directories = guests.pids().values().stream()
                .map(pid -> Path.of("/proc", Integer.toString(pid)))
                .toList();
        assertEquals(3, directories.size());
        for (Path directory : directories) {
            Path program = Files.readSymbolicLink(directory.resolve("exe"));
            assertEquals("qemu-system-x86_64", String.valueOf(program.getFileName()));
        }
        guests.close();
        directories.forEach(directory -> assertFalse(Files.exists(directory)));
    }

    @Test
    void aClosedSpinnerHasEnded() throws IOException {
        Spinner spinner = scene.spinner();
        scene.clock(spinner.pid()).awaitGrowth(Duration.ofMillis(20));
        spinner.close();
        assertFalse(Files.exists(Path.of("/proc", Integer.toString(spinner.pid()))));
    }

    @Test
    void aGuestWithAMonitorCanBePausedByIt() throws IOException {
        Guest guest = scene.start(GuestSpec.of(GuestRom.SPINS).withMonitor());
        ThreadTimes kernel = new ThreadTimes(scene.program("thread_times"), guest);
        guest.monitor().pause();
        assertEquals(kernel.read().get(0).run(), kernel.read().get(0).run());
    }

    @Test
    void aWaitThatIsInVainSaysForWhat() {
        AssertionError error =
                assertThrows(AssertionError.class, () -> Await.until("pigs fly", Duration.ofMillis(20), () -> false));
        assertTrue(error.getMessage().contains("pigs fly"), error::getMessage);
    }

    @Test
    void aNumberOutsideOfTheBracketIsAFailure() {
        assertThrows(AssertionError.class, () -> Bracket.assertBetween("time", 2, 1, 3));
        assertThrows(AssertionError.class, () -> Bracket.assertBetween("time", 2, 4, 3));
    }
}
