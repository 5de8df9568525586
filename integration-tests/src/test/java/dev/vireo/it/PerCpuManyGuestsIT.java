package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Statistic;
import dev.vireo.driver.qemu.cgroup.percpu.CountingHost;
import dev.vireo.driver.qemu.cgroup.percpu.DescriptorBudget;
import dev.vireo.driver.qemu.cgroup.percpu.PassedOverException;
import dev.vireo.driver.qemu.cgroup.percpu.PerCpuCounting;
import dev.vireo.driver.qemu.cgroup.percpu.PerCpuOption;
import dev.vireo.driver.qemu.cgroup.percpu.PinnedAccounting;
import dev.vireo.driver.qemu.cgroup.percpu.SourceChoice;
import dev.vireo.driver.qemu.cgroup.percpu.SubtreeTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More guests than there is room for, and guests that come and go: what they took is given back. */
class PerCpuManyGuestsIT {
    private static final int MOST = 4096;
    private static final int BATCHES = 10;
    private static final int BATCH = 100;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final DescriptorBudget ENOUGH = new DescriptorBudget() {
        @Override
        public boolean take() {
            return true;
        }

        @Override
        public void giveBack() {}
    };

    @RegisterExtension
    final Scene scene = new Scene();

    private static CountingHost host(Path bpffs) {
        Path mount = CgroupVersion.V2.mountPoint().orElseThrow();
        return new CountingHost(Path.of("/sys"), Path.of("/proc"), bpffs, mount, 0, 2, true);
    }

    private static PerCpuCounting counting(CountingHost host) {
        return new PerCpuCounting(host, PerCpuOption.SCHED_EVENTS, BitSet::new, ENOUGH, System::nanoTime);
    }

    private static SourceChoice.Chosen open(PerCpuCounting counting, Path group, int process)
            throws IOException, PassedOverException {
        return new SourceChoice(counting).open(group, process);
    }

    @Test
    void beyondAllRoomThereIsAClearErrorAndRoomComesBack() throws IOException, PassedOverException {
        ControlGroup top = scene.plainGroup(CgroupVersion.V2);
        List<SourceChoice.Chosen> open = new ArrayList<>();
        try (PerCpuCounting counting = counting(host(Path.of("/sys/fs/bpf")))) {
            for (int i = 0; i < MOST; i++) {
                Path group = Files.createDirectory(top.directory().resolve("g" + i));
                open.add(open(counting, group, 0));
            }
            Path oneMore = Files.createDirectory(top.directory().resolve("more"));
            PassedOverException refused = assertThrows(PassedOverException.class, () -> open(counting, oneMore, 0));
            assertTrue(refused.reason().contains("no more than 4096 guests"), refused.reason());
            open.remove(7).times().close();
            open.add(open(counting, oneMore, 0));
            // nobody notes the end of a guest whose process is not known, but its group is gone
            Files.delete(top.directory().resolve("g9"));
            Path another = Files.createDirectory(top.directory().resolve("another"));
            open.add(open(counting, another, 0));
            open.forEach(guest -> guest.times().close());
        }
    }

    @Test
    void theNextRunInTheSameGroupIsCountedAnewAndTheSameRunIsNot() throws IOException, PassedOverException {
        CountingHost host = host(scene.opened(BpfFileSystem.mount()).directory());
        Path group = scene.plainGroup(CgroupVersion.V2).directory();
        int first = (int) ProcessHandle.current().pid();
        int second = (int) ProcessHandle.current().parent().orElseThrow().pid();
        PinnedAccounting accounting = new PinnedAccounting(host);
        accounting.start();
        try (PerCpuCounting counting = counting(host)) {
            SubtreeTimes before = open(counting, group, first).times();
            SubtreeTimes same = open(counting, group, first).times();
            assertEquals(before.attachedAt(), same.attachedAt());
            SubtreeTimes next = open(counting, group, second).times();
            assertNotEquals(before.attachedAt(), next.attachedAt());
            // what the first run's readers let go of is not the next one's
            before.close();
            same.close();
            assertEquals(
                    next.attachedAt(), open(counting, group, second).times().attachedAt());
        } finally {
            accounting.stop();
        }
    }

    @Test
    void guestsThatComeAndGoLeaveNoDescriptorsAndNoGroupsBehind() throws IOException {
        ControlGroup top = scene.group(CgroupVersion.V2, UniqueNames.next());
        try (Connection connection = Connection.open(RealGuestContract.URI)) {
            long dying = dying(top);
            comeAndGo(connection, top);
            List<String> before = OpenDescriptors.bpf();
            for (int batch = 0; batch < BATCHES; batch++) {
                comeAndGo(connection, top);
            }
            assertEquals(before, OpenDescriptors.bpf());
            Await.until("all groups have gone", LIMIT, () -> dying(top) == dying);
        }
    }

    private void comeAndGo(Connection connection, ControlGroup top) throws IOException {
        String prefix = UniqueNames.next();
        List<Path> groups = new ArrayList<>();
        try (Lookalikes guests = Lookalikes.start(scene.program("lookalike"), prefix, BATCH)) {
            for (Map.Entry<String, Integer> guest : guests.pids().entrySet()) {
                Path group = Files.createDirectory(top.directory().resolve(guest.getKey() + ".service"));
                Files.writeString(
                        group.resolve("cgroup.procs"), guest.getValue().toString());
                groups.add(group);
            }
            Await.until("all are told on each CPU", LIMIT, () -> {
                Sweep sweep = Sweep.of(connection);
                return sweep.names(prefix + "-").equals(guests.pids().keySet())
                        && guests.pids().keySet().stream()
                                .noneMatch(name -> sweep.get(name)
                                        .all(Statistic.HOST_CPU_TIME)
                                        .isEmpty());
            });
        }
        assertEquals(0, Sweep.of(connection).names(prefix + "-").size());
        for (Path group : groups) {
            Files.delete(group);
        }
    }

    private static long dying(ControlGroup top) throws IOException {
        return Files.readAllLines(top.directory().resolve("cgroup.stat")).stream()
                .filter(line -> line.startsWith("nr_dying_descendants "))
                .mapToLong(line -> Long.parseLong(line.substring("nr_dying_descendants ".length())))
                .findFirst()
                .orElseThrow();
    }
}
