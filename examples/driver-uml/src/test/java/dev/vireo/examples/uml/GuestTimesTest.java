package dev.vireo.examples.uml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.Domain;
import dev.vireo.DomainInfo;
import dev.vireo.DomainState;
import dev.vireo.Drivers;
import dev.vireo.OpenOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a real guest, beside what the kernel counts for its control group. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuestTimesTest {
    /** What ended processes may lose by ticks, and what is used between two readings that belong together. */
    private static final long GRAIN = Duration.ofMillis(40).toNanos();

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private GuestPrograms programs;
    private Path umlDir;
    private UmlGuest guest;
    private Connection connection;
    private Domain domain;

    @BeforeAll
    void startAGuest(@TempDir Path directory) throws Exception {
        programs = GuestPrograms.build(directory.resolve("programs"));
        umlDir = directory;
        guest = UmlGuest.start(programs, directory.toString(), "guest", true);
        connection = Drivers.none().with(new UmlDriver()).open("uml://" + directory, OpenOptions.defaults());
        domain = connection.getDomainByName("guest");
    }

    @AfterAll
    void endTheGuest() throws Exception {
        if (connection != null) {
            connection.close();
        }
        if (guest != null) {
            guest.close();
        }
    }

    private long total() {
        return domain.cpuStats().total().cpuTimeNanos().value();
    }

    private void assertAgrees(String what, long grown, long grownInGroup) {
        assertTrue(
                Math.abs(grown - grownInGroup) <= grownInGroup / 50 + GRAIN,
                () -> what + ": the total grew by " + grown + " ns, the control group's by " + grownInGroup);
    }

    @Test
    void threeSecondsOfLoadAreToldAsTheKernelCountsThem() throws Exception {
        long before = total();
        long groupBefore = guest.group().usageNanos();
        guest.run("spin 3000");
        long grownInGroup = guest.group().usageNanos() - groupBefore;
        assertAgrees("busy for 3 s", total() - before, grownInGroup);
        assertTrue(grownInGroup > GRAIN, () -> "the guest was not busy: " + grownInGroup);
    }

    @Test
    void theTotalGoesOnWhileProgramsComeAndGo() throws Exception {
        long before = total();
        long groupBefore = guest.group().usageNanos();
        long highest = before;
        guest.begin("run 150 7");
        while (!guest.hasAnswered()) {
            long now = total();
            long last = highest;
            assertTrue(now >= last, () -> "the total went back from " + last + " to " + now);
            highest = now;
        }
        guest.await("done");
        assertAgrees("150 programs", total() - before, guest.group().usageNanos() - groupBefore);
    }

    @Test
    void userAndSystemTimeAreTheTotal() throws Exception {
        guest.run("spin 100");
        CpuStats.Total total = domain.cpuStats().total();
        long parts = total.userTimeNanos().value() + total.systemTimeNanos().value();
        long processes =
                ProcessHandle.of(guest.pid()).orElseThrow().descendants().count() + 1;
        long whole = total.cpuTimeNanos().value();
        assertTrue(
                parts <= whole && parts > whole - GRAIN * processes,
                () -> "of " + whole + " ns " + parts + " are in user mode or in the kernel");
    }

    @Test
    void aGuestThatSharesItsGroupHasATotalAndNoTimesPerCpu() throws Exception {
        try (UmlGuest other = UmlGuest.start(programs, umlDir.toString(), "sharing", false)) {
            CpuStats stats = connection.getDomainById(other.pid()).cpuStats();
            assertTrue(stats.total().cpuTimeNanos().value() > 0);
            assertFalse(stats.hostCpus().isAvailable());
            String reason = String.valueOf(stats.hostCpus().unavailable());
            assertTrue(reason.contains("The total works"), reason);
        }
    }

    @Test
    void aGroupThatAStrangerIsInIsNotTheGuestsOwn() throws Exception {
        assumeTrue(
                ControlGroup.canKeepTimesPerCpu(), "NOT TESTED: there is no cgroup v1 here, which has times per CPU");
        assertTrue(domain.cpuStats().hostCpus().isAvailable());
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        try {
            guest.group().enter(stranger.pid());
            String reason = String.valueOf(domain.cpuStats().hostCpus().unavailable());
            assertTrue(reason.contains(guest.group().directory().toString()), reason);
        } finally {
            stranger.destroyForcibly().onExit().join();
        }
        assertTrue(domain.cpuStats().hostCpus().isAvailable());
    }

    @Test
    void aGuestHasOneVcpuAndTheMemoryItWasGiven() {
        DomainInfo info = domain.getInfo();
        assertEquals(1, info.vcpus().value());
        assertEquals(64 * 1024, info.memoryKib().value());
        assertTrue(info.cpuTimeNanos().value() > 0);
    }

    @Test
    void aGuestThatIsStoppedIsPausedAndItsTimesAreRead() throws Exception {
        long before = total();
        signal("STOP");
        try {
            awaitState(DomainState.PAUSED);
            assertTrue(total() >= before);
        } finally {
            signal("CONT");
        }
        awaitState(DomainState.RUNNING);
    }

    /** A signal is on its way when it was sent. */
    private void awaitState(DomainState state) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (domain.getInfo().state() != state) {
            assertTrue(System.nanoTime() < deadline, () -> "the guest never became " + state);
        }
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Integer.toString(guest.pid())).start();
        assertEquals(0, kill.waitFor());
    }
}
