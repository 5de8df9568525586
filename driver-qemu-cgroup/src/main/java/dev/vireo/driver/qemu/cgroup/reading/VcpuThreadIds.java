package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which threads of a guest are its vCPUs: those that libvirt's status file names, else those that are called so, as QEMU
 * calls them when it is asked to. Guarded by the guest's lock.
 */
final class VcpuThreadIds {
    private final GuestProcess process;
    private @Nullable Path statusFile;

    VcpuThreadIds(GuestProcess process) {
        this.process = process;
    }

    /** Says where libvirt's file is; returns whether that is news. */
    boolean setStatusFile(@Nullable Path file) {
        boolean changes = !Objects.equals(statusFile, file);
        statusFile = file;
        return changes;
    }

    @Nullable Path statusFile() {
        return statusFile;
    }

    /** Returns the directory that has one entry for each thread. */
    Path tasks() {
        return process.directory().resolve("task");
    }

    Path task(int thread) {
        return tasks().resolve(Integer.toString(thread));
    }

    /** Returns the threads by the numbers of their vCPUs; none where that is not known. */
    SortedMap<Integer, Integer> find() throws IOException {
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
}
