package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.VcpuTimes;
import dev.vireo.driver.qemu.cgroup.linux.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a guest that are its vCPUs: those that libvirt's status file names, else those that are called so, as QEMU
 * calls them when it is asked to. vCPUs are plugged: the set changes. Not thread-safe.
 */
final class VcpuThreads implements AutoCloseable {
    private final GuestProcess process;
    private final OpenFileBudget budget;
    private final @Nullable Path statusFile;
    private final Freshness freshness;
    private SortedMap<Integer, Integer> ids = new TreeMap<>();
    private VcpuThread[] threads = {};

    VcpuThreads(GuestProcess process, @Nullable Path statusFile, OpenFileBudget budget, long now) throws IOException {
        this.process = process;
        this.budget = budget;
        this.statusFile = statusFile;
        Stamp tasks = new Stamp(process.directory().resolve("task"));
        this.freshness =
                statusFile == null ? new Freshness(now, tasks) : new Freshness(now, tasks, new Stamp(statusFile));
        lookAgain(now);
    }

    /** Returns why it is not known which threads are vCPUs, null if it is. */
    @Nullable String unavailable() {
        return threads.length > 0
                ? null
                : "which threads are vCPUs is not known: libvirt has no status file of this guest, and its threads have"
                        + " no names; start QEMU with -name NAME,debug-threads=on";
    }

    /** Reads all times. */
    void read(Workspace space) throws IOException {
        if (freshness.isLost(space.now)) {
            lookAgain(space.now);
        }
        space.vcpus.begin();
        for (VcpuThread thread : threads) {
            thread.read(space.text, space.vcpus);
        }
    }

    /** Fills in all columns. */
    void read(Workspace space, VcpuTimes into) throws IOException {
        read(space);
        for (int i = 0; i < threads.length; i++) {
            int row = threads[i].describe(space.text, into);
            String reason = space.vcpus.reason(i);
            if (reason == null) {
                into.setRunTimeNanos(row, space.vcpus.runTime(i));
                into.setDelayNanos(row, space.vcpus.delay(i));
            } else {
                into.setReason(VcpuTimes.Column.RUN_TIME, reason);
                into.setReason(VcpuTimes.Column.DELAY, reason);
            }
        }
    }

    private void lookAgain(long now) throws IOException {
        freshness.renew(now);
        SortedMap<Integer, Integer> found = find();
        if (found.equals(ids)) {
            return;
        }
        close();
        List<VcpuThread> opened = new ArrayList<>();
        try {
            for (Map.Entry<Integer, Integer> vcpu : found.entrySet()) {
                opened.add(new VcpuThread(vcpu.getKey(), task(vcpu.getValue()), budget));
            }
        } catch (IOException | RuntimeException failed) {
            for (VcpuThread thread : opened) {
                thread.close();
            }
            throw failed;
        }
        ids = found;
        threads = opened.toArray(VcpuThread[]::new);
    }

    private Path task(int thread) {
        return process.directory().resolve("task").resolve(Integer.toString(thread));
    }

    private SortedMap<Integer, Integer> find() throws IOException {
        SortedMap<Integer, Integer> named = new TreeMap<>();
        if (statusFile != null) {
            LibvirtStatus.find(statusFile)
                    .filter(status -> status.pid() == process.pid())
                    .ifPresent(status -> named.putAll(status.vcpuThreads()));
            // the file still names a vCPU's thread for a moment after it is unplugged
            named.values().removeIf(thread -> Files.notExists(task(thread)));
        }
        return named.isEmpty() ? VcpuThreadNames.find(process.directory()) : named;
    }

    @Override
    public void close() {
        VcpuThread[] closing = threads;
        threads = new VcpuThread[0];
        ids = new TreeMap<>();
        for (VcpuThread thread : closing) {
            thread.close();
        }
    }
}
