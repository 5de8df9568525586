package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.driver.qemu.cgroup.linux.Stamp;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The times per CPU of a guest's vCPUs, where each has a group of its own: {@code vcpuN} below the guest's, as libvirt makes
 * them. The set changes: libvirt makes the groups one after the other, and vCPUs are plugged.
 */
final class VcpuGroups implements AutoCloseable {
    private final Path group;
    private final OpenFileBudget budget;
    private final Freshness freshness;
    private Set<String> names = Set.of();
    private OpenFiles open;
    private KernelFile[] files = {};

    VcpuGroups(Path group, OpenFileBudget budget, long now) throws IOException {
        this.group = group;
        this.budget = budget;
        this.open = new OpenFiles(budget);
        this.freshness = new Freshness(now, new Stamp(group));
        lookAgain(now);
    }

    KernelFile[] files() {
        return files;
    }

    boolean isEmpty() {
        return files.length == 0;
    }

    /** Looks again if the list is old; returns whether the set has changed. */
    boolean lookAgainIfOld(long now) throws IOException {
        return freshness.isLost(now) && lookAgain(now);
    }

    /** Looks which groups there are; returns whether the set has changed. */
    boolean lookAgain(long now) throws IOException {
        freshness.renew(now);
        Set<String> found = names(group);
        if (found.equals(names)) {
            return false;
        }
        close();
        open = new OpenFiles(budget);
        List<KernelFile> opened = new ArrayList<>();
        for (String name : found) {
            opened.add(open.open(group.resolve(name).resolve("cpuacct.usage_percpu")));
        }
        names = found;
        files = opened.toArray(KernelFile[]::new);
        return true;
    }

    /** Lists the groups of vCPUs that lie in a guest's. */
    static Set<String> names(Path group) throws IOException {
        Set<String> found = new TreeSet<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(group, "vcpu[0-9]*")) {
            for (Path child : children) {
                found.add(String.valueOf(child.getFileName()));
            }
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        return found;
    }

    @Override
    public void close() {
        names = Set.of();
        files = new KernelFile[0];
        open.close();
    }
}
