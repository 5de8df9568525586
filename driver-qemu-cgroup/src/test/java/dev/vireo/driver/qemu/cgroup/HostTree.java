package dev.vireo.driver.qemu.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A directory that looks like the {@code /sys} and {@code /proc} of a host, built by a test in the kernel's formats. */
public final class HostTree {
    private final Path root;

    /**
     * Makes a host with two CPUs and nothing mounted.
     *
     * @param root an empty directory
     */
    public HostTree(Path root) {
        this.root = root;
        cpus("0-1", "0-1", "0-1");
        write("proc/sys/kernel/hostname", "node1\n");
        write("proc/sys/kernel/random/boot_id", "5a9ad2a4-0a05-4a8d-a1e2-0b4c6b4a3c11\n");
        write("proc/1/mountinfo", "");
    }

    public String uri() {
        return "qemu+cgroup:///system?procfs=" + root.resolve("proc") + "&sysfs=" + root.resolve("sys");
    }

    public Path path(String path) {
        return root.resolve(path);
    }

    public HostTree cpus(String possible, String present, String online) {
        write("sys/devices/system/cpu/possible", possible + "\n");
        write("sys/devices/system/cpu/present", present + "\n");
        write("sys/devices/system/cpu/online", online + "\n");
        return this;
    }

    public HostTree mountV1() {
        return mount("33 32 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid - cgroup cgroup rw,cpu,cpuacct\n");
    }

    public HostTree mountV2() {
        return mount("42 32 0:26 / /sys/fs/cgroup/unified rw shared:4 - cgroup2 cgroup2 rw,nsdelegate\n");
    }

    public HostTree mount(String line) {
        write("proc/1/mountinfo", read("proc/1/mountinfo") + line);
        return this;
    }

    /** Adds a QEMU process with these lines in the file of its control groups, and these arguments. */
    public HostTree qemu(int pid, long startTime, String cgroups, String... arguments) {
        return process(pid, 1, "qemu-system-x86", startTime, cgroups, arguments);
    }

    public HostTree process(int pid, int parent, String command, long startTime, String cgroups, String... arguments) {
        String process = "proc/" + pid + "/";
        write(
                process + "stat",
                pid + " (" + command + ") S " + parent + " " + pid + " " + pid
                        + " 0 -1 4194560 1 0 0 0 250 70 0 0 20 0 5 0 " + startTime + " 1000 50 18446744073709551615\n");
        write(process + "statm", "1000 50 40 30 0 20 0\n");
        write(process + "status", "Name:\t" + command + "\nUid:\t0\t0\t0\t0\n");
        write(process + "cgroup", cgroups);
        write(process + "cmdline", String.join("\0", arguments) + "\0");
        return this;
    }

    /** Adds a thread with these scheduler statistics, asleep and last on CPU 1. */
    public HostTree thread(int pid, int tid, String name, String schedstat) {
        String task = "proc/" + pid + "/task/" + tid + "/";
        write(task + "comm", name + "\n");
        write(task + "schedstat", schedstat + "\n");
        return stat(pid, tid, name, "S", "1");
    }

    /** Writes what a thread is doing, with the 39th field at its place. */
    public HostTree stat(int pid, int tid, String name, String state, String cpu) {
        String before = " 1 1 1 0 -1 64 1 0 0 0 25 7 0 0 20 0 5 0 777 1000 50 18446744073709551615"
                + " 1 2 3 4 5 0 6 7 8 0 0 0 -1 ";
        return write(
                "proc/" + pid + "/task/" + tid + "/stat", tid + " (" + name + ") " + state + before + cpu + " 0 0\n");
    }

    /** Ends a thread. Whoever holds its files open finds nothing in them, where the kernel says that it is gone. */
    public HostTree endThread(int pid, int tid) {
        write("proc/" + pid + "/task/" + tid + "/schedstat", "");
        write("proc/" + pid + "/task/" + tid + "/stat", "");
        deleteTree(root.resolve("proc/" + pid + "/task/" + tid));
        return this;
    }

    /** Says which program a process runs. */
    public HostTree program(int pid, String path) {
        return link("proc/" + pid + "/exe", path);
    }

    /** Makes a symbolic link, which need not lead anywhere. */
    public HostTree link(String path, String target) {
        try {
            Path link = root.resolve(path);
            Files.createDirectories(link.getParent());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Path.of(target));
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Puts a pipe at a path, whose reader waits until somebody writes. */
    public HostTree pipe(String path) {
        try {
            Path pipe = root.resolve(path);
            Files.createDirectories(pipe.getParent());
            Files.deleteIfExists(pipe);
            int status = new ProcessBuilder("mkfifo", pipe.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("mkfifo " + pipe + ": " + status);
            }
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Ends a process. Whoever holds its files open finds no memory in them, where the kernel says that it is gone. */
    public HostTree end(int pid) {
        write("proc/" + pid + "/statm", "0 0 0 0 0 0 0\n");
        deleteTree(root.resolve("proc/" + pid));
        return this;
    }

    public HostTree v1Group(String path, String usage, String user, String system, String perCpu) {
        String group = "sys/fs/cgroup/cpu,cpuacct" + path + "/";
        write(group + "cpuacct.usage", usage + "\n");
        write(group + "cpuacct.stat", "user " + user + "\nsystem " + system + "\n");
        write(group + "cpuacct.usage_percpu", perCpu + " \n");
        return this;
    }

    public HostTree v2Group(String path, String text) {
        write("sys/fs/cgroup/unified" + path + "/cpu.stat", text);
        return this;
    }

    public HostTree write(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardCharsets.UTF_8);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Makes a symbolic link; it may lead nowhere, as those of {@code /proc/PID/exe} do for the test. */
    private String read(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Puts a file in the place of another, all at once. */
    public HostTree rename(String from, String to) {
        try {
            Files.move(root.resolve(from), root.resolve(to), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public HostTree delete(String path) {
        deleteTree(root.resolve(path));
        return this;
    }

    private static void deleteTree(Path tree) {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
