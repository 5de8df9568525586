package dev.vireo.driver.qemu.cgroup.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.VcpuTimes;
import dev.vireo.driver.qemu.cgroup.HostTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The set of a guest's vCPU threads as it changes, by a clock that the test sets. */
class VcpuThreadsTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path directory;

    private final AtomicLong clock = new AtomicLong(-5);
    private final Workspace space = new Workspace();
    private HostTree host;

    @BeforeEach
    void makeGuest() {
        host = new HostTree(directory).qemu(60, 5, "0::/\n", "kvm").thread(60, 61, "CPU 0/KVM", "10 1 1");
    }

    private VcpuThreads open(@Nullable String statusFile) throws IOException {
        VcpuThreadIds ids = ids();
        ids.setStatusFile(statusFile == null ? null : host.path(statusFile));
        return new VcpuThreads(ids, new OpenFileBudget(100), clock.get());
    }

    private VcpuThreadIds ids() {
        return new VcpuThreadIds(new GuestProcess(host.path("proc/60"), 60, 5));
    }

    private List<String> read(VcpuThreads threads) throws IOException {
        threads.read(space.at(clock.get()));
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < space.vcpus.size(); row++) {
            rows.add(space.vcpus.number(row) + "=" + space.vcpus.runTime(row));
        }
        return rows;
    }

    @Test
    void aVcpuThatIsPluggedIsSeenASecondLaterAndNotLookedForBefore() throws IOException {
        try (VcpuThreads threads = open(null)) {
            assertEquals(List.of("0=10"), read(threads));
            host.thread(60, 62, "CPU 1/KVM", "20 1 1");
            clock.addAndGet(SECOND - 1);
            assertEquals(List.of("0=10"), read(threads));
            clock.addAndGet(1);
            assertEquals(List.of("0=10", "1=20"), read(threads));
        }
    }

    @Test
    void anOldGuestsVcpuThatIsPluggedIsSeenByTheChangeOfItsThreads() throws IOException {
        try (VcpuThreads threads = open(null)) {
            clock.addAndGet(11 * SECOND);
            read(threads);
            host.thread(60, 62, "CPU 1/KVM", "20 1 1");
            clock.addAndGet(SECOND);
            assertEquals(List.of("0=10", "1=20"), read(threads));
        }
    }

    @Test
    void aYoungGuestIsLookedAtEachSecondWhateverItsStampsShow() throws IOException {
        host.thread(60, 62, "worker", "20 1 1");
        try (VcpuThreads threads = open(null)) {
            assertEquals(List.of("0=10"), read(threads));
            host.write("proc/60/task/62/comm", "CPU 1/KVM\n");
            clock.addAndGet(SECOND);
            assertEquals(List.of("0=10", "1=20"), read(threads));
        }
    }

    @Test
    void whatNoStampShowsIsSeenHalfAMinuteLater() throws IOException {
        host.thread(60, 62, "worker", "20 1 1");
        try (VcpuThreads threads = open(null)) {
            clock.addAndGet(11 * SECOND);
            read(threads);
            host.write("proc/60/task/62/comm", "CPU 1/KVM\n");
            clock.addAndGet(18 * SECOND);
            assertEquals(List.of("0=10"), read(threads));
            clock.addAndGet(2 * SECOND);
            assertEquals(List.of("0=10", "1=20"), read(threads));
        }
    }

    @Test
    void aStatusFileThatChangesIsReadAgain() throws IOException {
        host.thread(60, 62, "worker", "20 1 1").write("status.xml", status("<vcpu id='0' pid='61'/>"));
        try (VcpuThreads threads = open("status.xml")) {
            clock.addAndGet(11 * SECOND);
            assertEquals(List.of("0=10"), read(threads));
            host.write("status.xml", status("<vcpu id='0' pid='61'/><vcpu id='5' pid='62'/>"));
            clock.addAndGet(SECOND);
            assertEquals(List.of("0=10", "5=20"), read(threads));
        }
    }

    @Test
    void aStatusFileOfAnotherProcessIsPassedOver() throws IOException {
        host.write("status.xml", status("<vcpu id='7' pid='61'/>").replace("pid='60'", "pid='59'"));
        try (VcpuThreads threads = open("status.xml")) {
            assertEquals(List.of("0=10"), read(threads));
        }
    }

    @Test
    void manyVcpusAreInTheOrderOfTheirNumbers() throws IOException {
        List<String> expected = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            host.thread(60, 200 - number, "CPU " + number + "/KVM", (100 + number) + " 1 1");
            expected.add(number + "=" + (100 + number));
        }
        host.endThread(60, 61);
        try (VcpuThreads threads = open(null)) {
            assertEquals(expected, read(threads));
        }
    }

    @Test
    void aCpuNumberThatIsNoneIsAnErrorThatNamesTheFile() throws IOException {
        for (String wrong : List.of("18446744073709551615", "4294967296", "x")) {
            host.stat(60, 61, "CPU 0/KVM", "R", wrong);
            try (VcpuThreads threads = open(null)) {
                IOException error = assertThrows(
                        IOException.class, () -> threads.read(space.at(clock.get()), VcpuTimes.allocate(1)), wrong);
                assertTrue(error.getMessage().contains("task/61/stat"), error.getMessage());
            }
        }
    }

    @Test
    void closingGivesBackWhatEachFileTook() throws IOException {
        OpenFileBudget two = new OpenFileBudget(2);
        for (int round = 0; round < 3; round++) {
            VcpuThreads threads = new VcpuThreads(ids(), two, clock.get());
            threads.read(space.at(clock.get()), VcpuTimes.allocate(1));
            assertTrue(!two.take(), "both are taken");
            threads.close();
        }
        assertTrue(two.take());
    }

    private static String status(String vcpus) {
        return "<domstatus state='running' pid='60'><vcpus>" + vcpus + "</vcpus><domain id='3'><name>web</name>"
                + "<uuid>6f9619ff-8b86-d011-b42d-00c04fc964ff</uuid></domain></domstatus>\n";
    }
}
