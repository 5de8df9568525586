package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.VcpuTimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The threads of a guest that are its vCPUs. vCPUs are plugged: the set changes. Not thread-safe. */
final class VcpuThreads implements AutoCloseable {
    static final String UNKNOWN =
            "which threads are vCPUs is not known: libvirt has no status file of this guest, and its threads have no names;"
                    + " start QEMU with -name NAME,debug-threads=on";

    private final VcpuThreadIds guest;
    private final OpenFileBudget budget;
    private final Freshness freshness;
    private SortedMap<Integer, Integer> ids = new TreeMap<>();
    private VcpuThread[] threads = {};

    VcpuThreads(VcpuThreadIds guest, OpenFileBudget budget, long now) throws IOException {
        this.guest = guest;
        this.budget = budget;
        this.freshness = Freshness.ofThreads(guest, now);
        lookAgain(now);
    }

    /** Returns why it is not known which threads are vCPUs, null if it is. */
    @Nullable String unavailable() {
        return threads.length > 0 ? null : UNKNOWN;
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
        SortedMap<Integer, Integer> found = guest.find();
        if (found.equals(ids)) {
            return;
        }
        close();
        List<VcpuThread> opened = new ArrayList<>();
        try {
            for (Map.Entry<Integer, Integer> vcpu : found.entrySet()) {
                opened.add(new VcpuThread(vcpu.getKey(), guest.task(vcpu.getValue()), budget));
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
