package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.percpu.btf.RecordedKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directories of a host with two CPUs, on which nothing is counted. */
final class FakeHost {
    private final Path directory;

    FakeHost(Path directory) throws IOException {
        this.directory = directory;
        for (String name : new String[] {"sys", "proc", "bpf", "groups"}) {
            Files.createDirectory(directory.resolve(name));
        }
    }

    CountingHost host() {
        return new CountingHost(
                directory.resolve("sys"),
                directory.resolve("proc"),
                directory.resolve("bpf"),
                directory.resolve("groups"),
                0,
                2,
                true);
    }

    /** Gives the kernel its types. */
    FakeHost withTypes() throws IOException {
        Path types = directory.resolve("sys/kernel/btf/vmlinux");
        Files.createDirectories(types.getParent());
        Files.write(types, RecordedKernel.LINUX_6_12.bytes());
        return this;
    }

    /** Has the kernel's types refused, but not because they are not there or not for everybody: a link that leads to itself. */
    void withUnreadableTypes() throws IOException {
        Path types = directory.resolve("sys/kernel/btf/vmlinux");
        Files.createDirectories(types.getParent());
        Files.createSymbolicLink(types, types);
    }

    /** Makes a control group with these controllers. */
    Path group(String name, String controllers) throws IOException {
        Path group = Files.createDirectory(directory.resolve("groups").resolve(name));
        Files.writeString(group.resolve("cgroup.controllers"), controllers + "\n");
        return group;
    }

    /** Makes a guest: a control group and a process in it. */
    Subtree guest(int process) throws IOException {
        Files.createDirectory(directory.resolve("proc/" + process));
        return new Subtree(group("guest-" + process, ""), process);
    }

    /** Ends a guest's process. */
    void end(int process) throws IOException {
        Files.delete(directory.resolve("proc/" + process));
    }
}
