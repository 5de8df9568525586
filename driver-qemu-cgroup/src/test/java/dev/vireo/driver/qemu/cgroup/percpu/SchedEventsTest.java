package dev.vireo.driver.qemu.cgroup.percpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.driver.qemu.cgroup.linux.FakeKernel;
import dev.vireo.driver.qemu.cgroup.linux.SystemCallException;
import dev.vireo.driver.qemu.cgroup.percpu.bpf.RowLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows guests get, and what becomes of them, over a kernel that keeps maps and runs nothing. */
class SchedEventsTest {
    private static final RowLayout ROWS = new RowLayout(2);

    private final FakeKernel kernel = new FakeKernel();
    private FakeHost host;
    private SchedEvents events;

    @BeforeEach
    void attach(@TempDir Path directory) throws IOException, PassedOverException {
        host = new FakeHost(directory).withTypes();
        events = SchedEvents.open(kernel.bpf(), host.host());
    }

    @AfterEach
    void detach() throws IOException {
        events.close();
        assertEquals(0, FakeKernel.attached(), "programs are attached");
    }

    /** What the program does: it looks the group up and adds to the row that it leads to. */
    private void run(Subtree guest, int cpu, long nanos) throws IOException {
        long row = kernel.elements("vireo_groups").get(CountingHost.idOf(guest.group()));
        kernel.add("vireo_times", (int) row * ROWS.length() + cpu, nanos);
    }

    private static long[] read(SubtreeTimes times) throws IOException, PassedOverException {
        long[] nanos = new long[2];
        times.addTo(nanos);
        return nanos;
    }

    @Test
    void whatAProgramAddsToAGuestsRowIsReadAtItsCpu() throws IOException, PassedOverException {
        Subtree one = host.guest(100);
        Subtree other = host.guest(200);
        try (SubtreeTimes times = events.open(one);
                SubtreeTimes others = events.open(other)) {
            run(one, 1, 5);
            run(other, 0, 7);
            assertArrayEquals(new long[] {0, 5}, read(times));
            assertArrayEquals(new long[] {7, 0}, read(others));
        }
    }

    @Test
    void twoReadersOfAGuestShareItsRowsUntilTheLastOneLeaves() throws IOException, PassedOverException {
        Subtree guest = host.guest(100);
        SubtreeTimes one = events.open(guest);
        SubtreeTimes other = events.open(guest);
        run(guest, 0, 3);
        one.close();
        assertArrayEquals(new long[] {3, 0}, read(other));
        other.close();
        assertEquals(Map.of(), kernel.elements("vireo_groups"));
        assertEquals(Map.of(), kernel.elements("vireo_processes"));
    }

    @Test
    void aGuestBeginsAtZeroOnRowsThatAnotherOneHad() throws IOException, PassedOverException {
        List<SubtreeTimes> all = new ArrayList<>();
        for (int i = 0; i < EventMemory.GUESTS; i++) {
            Subtree guest = host.guest(1000 + i);
            all.add(events.open(guest));
            run(guest, 0, 1 + i);
        }
        assertArrayEquals(new long[] {17, 0}, read(all.get(16)));
        Subtree late = host.guest(100);
        PassedOverException full = assertThrows(PassedOverException.class, () -> events.open(late));
        assertEquals("no more than 4096 guests can be counted at once", full.reason());
        all.get(16).close();
        try (SubtreeTimes times = events.open(late)) {
            assertArrayEquals(new long[] {0, 0}, read(times));
        }
        all.forEach(SubtreeTimes::close);
    }

    @Test
    void whenThereIsNoMoreRoomGuestsWhoseProcessesEndedMakeSome() throws IOException, PassedOverException {
        List<SubtreeTimes> all = new ArrayList<>();
        for (int i = 0; i < EventMemory.GUESTS; i++) {
            all.add(events.open(host.guest(1000 + i)));
        }
        host.end(1005);
        SubtreeTimes next = events.open(host.guest(100));
        assertThrows(IOException.class, () -> read(all.get(5)), "its rows are another guest's now");
        assertArrayEquals(new long[] {0, 0}, read(next));
        next.close();
        all.forEach(SubtreeTimes::close);
    }

    @Test
    void aGuestThatCannotBeNotedTakesNoRoom() throws IOException, PassedOverException {
        Subtree guest = host.guest(100);
        kernel.refuse("vireo_groups", SystemCallException.ENOMEM);
        assertThrows(IOException.class, () -> events.open(guest));
        assertEquals(Map.of(), kernel.elements("vireo_processes"));
        kernel.refuse("vireo_groups", 0);
        events.open(guest).close();
    }

    @Test
    void whereThereIsNoRoomForVcpusTheGuestIsCountedAllTheSame() throws IOException, PassedOverException {
        Subtree guest = host.guest(100);
        try (SubtreeTimes times = events.open(guest)) {
            kernel.refuse("vireo_threads", SystemCallException.E2BIG);
            PassedOverException full =
                    assertThrows(PassedOverException.class, () -> times.ofVcpus(new Vcpus(Set.of(), Set.of(101, 102))));
            assertTrue(full.reason().contains("no more than 131072"), full.reason());
            run(guest, 0, 9);
            assertArrayEquals(new long[] {9, 0}, read(times));
        }
    }

    @Test
    void vcpusAreCountedByTheirThreadsOnlyWhereTheyHaveNoGroups() throws IOException, PassedOverException {
        Subtree guest = host.guest(100);
        try (SubtreeTimes times = events.open(guest)) {
            times.ofVcpus(new Vcpus(Set.of(), Set.of(101, 102))).close();
            assertEquals(
                    Set.of(100L << 32 | 101, 100L << 32 | 102),
                    kernel.elements("vireo_threads").keySet());
            Path vcpu = host.group("vcpu0", "");
            times.ofVcpus(new Vcpus(Set.of(vcpu), Set.of(101, 102))).close();
            assertEquals(Map.of(), kernel.elements("vireo_threads"));
            assertEquals(1, kernel.elements("vireo_groups").get(CountingHost.idOf(vcpu)), "the row of its vCPUs");
        }
    }

    @Test
    void aVcpuThatIsUnpluggedIsLookedForNoMore() throws IOException, PassedOverException {
        try (SubtreeTimes times = events.open(host.guest(100))) {
            Path vcpu = host.group("vcpu0", "");
            Path other = host.group("vcpu1", "");
            times.ofVcpus(new Vcpus(Set.of(vcpu, other), Set.of())).close();
            times.ofVcpus(new Vcpus(Set.of(vcpu), Set.of())).close();
            assertEquals(2, kernel.elements("vireo_groups").size(), "the guest's and one vCPU's");
        }
    }

    /** Or what is left of it would be counted for the next guest on these rows. */
    @Test
    void whatOneReaderLookedForIsForgottenWithTheLastOne() throws IOException, PassedOverException {
        Subtree guest = host.guest(100);
        SubtreeTimes one = events.open(guest);
        SubtreeTimes other = events.open(guest);
        one.ofVcpus(new Vcpus(Set.of(host.group("vcpu0", "")), Set.of())).close();
        one.close();
        other.close();
        assertEquals(Map.of(), kernel.elements("vireo_groups"));
    }

    @Test
    void whoReadsWhatWasStoppedIsToldSo() throws IOException, PassedOverException {
        try (SubtreeTimes times = events.open(host.guest(100))) {
            events.stop();
            assertTrue(times.isStopped());
            assertEquals(
                    "CPU accounting was stopped",
                    assertThrows(IOException.class, () -> read(times)).getMessage());
        }
    }
}
