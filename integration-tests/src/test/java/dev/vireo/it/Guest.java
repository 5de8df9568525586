package dev.vireo.it;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real QEMU process with KVM, or with TCG where KVM is not to be had. Closing it kills it and waits for its end. */
final class Guest implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Pattern VCPU_THREAD = Pattern.compile("CPU (\\d+)/(?:KVM|TCG)");
    /** More than a thread runs before the first instruction of the guest. */
    private static final long BUSY_NANOS = 50_000_000;

    private final Process process;
    private final Path errors;

    private Guest(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** Starts a guest as libvirt does; its vCPU threads run when this returns. */
    static Guest start(Path directory, String name, UUID uuid, int vcpus, GuestRom rom, String accelerator)
            throws IOException {
        List<String> identity = List.of("-name", "guest=" + name + ",debug-threads=on", "-uuid", uuid.toString());
        Guest guest = launch(directory, rom, vcpus, identity, accelerator);
        guest.await(
                "its " + vcpus + " vCPU threads exist",
                () -> guest.vcpuThreads().size() == vcpus);
        return guest;
    }

    /** Starts a busy guest that says nothing of itself on its command line. */
    static Guest startNameless(Path directory) throws IOException {
        Guest guest = launch(directory, GuestRom.SPINS, 1, List.of(), fastestAccelerator());
        // its threads have no names, so a vCPU shows by being busy
        guest.await("a vCPU is busy", guest::hasBusyThread);
        return guest;
    }

    private static Guest launch(Path directory, GuestRom rom, int vcpus, List<String> identity, String accelerator)
            throws IOException {
        Path firmware = Files.createTempFile(directory, "guest-", ".rom");
        rom.writeTo(firmware);
        Path errors = Files.createTempFile(directory, "guest-", ".err");
        List<String> command = new ArrayList<>(List.of(Programs.get("qemu-system-x86_64")));
        command.addAll(identity);
        command.addAll(List.of("-accel", accelerator, "-machine", "pc", "-smp", Integer.toString(vcpus), "-m", "16"));
        command.addAll(List.of("-display", "none", "-nodefaults", "-no-user-config", "-bios", firmware.toString()));
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        return new Guest(process, errors);
    }

    /** Returns what runs guests at full speed here. */
    static String fastestAccelerator() {
        Path kvm = Path.of("/dev/kvm");
        return Files.isReadable(kvm) && Files.isWritable(kvm) ? "kvm" : "tcg";
    }

    int pid() {
        return Math.toIntExact(process.pid());
    }

    Path procDirectory() {
        return Path.of("/proc", Integer.toString(pid()));
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Returns the ids of the threads that are vCPUs, by the vCPU's number. */
    SortedMap<Integer, Integer> vcpuThreads() throws IOException {
        SortedMap<Integer, Integer> threads = new TreeMap<>();
        for (Path task : tasks()) {
            Matcher vcpu = VCPU_THREAD.matcher(readIfThere(task.resolve("comm")).orElse(""));
            if (vcpu.matches()) {
                threads.put(Integer.valueOf(vcpu.group(1)), Integer.valueOf(String.valueOf(task.getFileName())));
            }
        }
        return threads;
    }

    /** Lets all threads run on one CPU only; from when this returns none runs elsewhere. */
    void pinTo(int cpu) {
        CommandRun.of(
                        Duration.ofSeconds(20),
                        List.of(
                                Programs.get("taskset"),
                                "--all-tasks",
                                "--cpu-list",
                                "--pid",
                                Integer.toString(cpu),
                                Integer.toString(pid())))
                .requireSuccess();
    }

    /** Sends SIGKILL and returns at once. */
    void kill() {
        process.destroyForcibly();
    }

    /** What QEMU wrote on its standard error. */
    String errors() {
        try {
            return "QEMU " + pid() + (isRunning() ? " (running)" : " (exit code " + process.exitValue() + ")") + ": "
                    + Files.readString(errors);
        } catch (IOException unreadable) {
            return "QEMU " + pid() + ": " + unreadable;
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        Await.until(this::errors, STOP_LIMIT, () -> !process.isAlive());
    }

    private void await(String what, Await.Condition condition) throws IOException {
        try {
            Await.until(() -> what + "; " + errors(), START_LIMIT, () -> !process.isAlive() || condition.holds());
            if (!process.isAlive()) {
                throw new AssertionError("ended before " + what + "; " + errors());
            }
        } catch (IOException | RuntimeException | AssertionError failed) {
            close();
            throw failed;
        }
    }

    private boolean hasBusyThread() throws IOException {
        for (Path task : tasks()) {
            boolean isFirst = task.getFileName().equals(procDirectory().getFileName());
            String runTime = readIfThere(task.resolve("schedstat")).orElse("0 ").split(" ", 2)[0];
            if (!isFirst && Long.parseLong(runTime) > BUSY_NANOS) {
                return true;
            }
        }
        return false;
    }

    private List<Path> tasks() throws IOException {
        List<Path> tasks = new ArrayList<>();
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(procDirectory().resolve("task"))) {
            entries.forEach(tasks::add);
        } catch (NoSuchFileException ended) {
            return List.of();
        }
        return tasks;
    }

    /** Threads come and go while they are listed. */
    private static Optional<String> readIfThere(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException threadEnded) {
            return Optional.empty();
        }
    }
}
