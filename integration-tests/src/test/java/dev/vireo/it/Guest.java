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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real QEMU process with KVM, or with TCG where KVM is not to be had. Closing it kills it and waits for its end. */
final class Guest implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Pattern VCPU_THREAD = Pattern.compile("CPU (\\d+)/(?:KVM|TCG)");
    /** More than a thread runs before the first instruction of the guest. */
    private static final long BUSY_NANOS = 50_000_000;

    private final GuestSpec spec;
    private final Process process;
    private final Path errors;
    private final Path answers;

    private Guest(GuestSpec spec, Process process, Path errors, Path answers) {
        this.spec = spec;
        this.process = process;
        this.errors = errors;
        this.answers = answers;
    }

    /** Starts a guest; it is up when {@link #awaitUp} returns. */
    static Guest launch(Path directory, GuestSpec spec) throws IOException {
        Path firmware = Files.createTempFile(directory, "guest-", ".rom");
        spec.rom().writeTo(firmware);
        Path errors = Files.createTempFile(directory, "guest-", ".err");
        Path answers = Files.createTempFile(directory, "guest-", ".qmp");
        List<String> command = new ArrayList<>(List.of(Programs.get("qemu-system-x86_64")));
        command.addAll(spec.arguments());
        command.addAll(List.of("-bios", firmware.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(answers.toFile()).redirectError(errors.toFile());
        if (!spec.hasMonitor()) {
            builder.redirectInput(Path.of("/dev/null").toFile());
        }
        return new Guest(spec, builder.start(), errors, answers);
    }

    /** Returns when the vCPU threads run. */
    void awaitUp() throws IOException {
        if (spec.namesThreads()) {
            await(
                    "its " + spec.vcpus() + " vCPU threads exist",
                    () -> vcpuThreads().size() == spec.vcpus());
        } else if (spec.rom() == GuestRom.SPINS) {
            // its threads have no names, so a vCPU shows by being busy
            await("a vCPU is busy", this::hasBusyThread);
        }
        if (spec.hasMonitor()) {
            await("its monitor answers", () -> monitor().hasGreeted());
        }
    }

    GuestSpec spec() {
        return spec;
    }

    GuestMonitor monitor() {
        return new GuestMonitor(process.getOutputStream(), answers);
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
        Pinning.pinProcess(pid(), cpu);
    }

    /** Stops all threads, as one that hangs; from when this returns none runs. */
    void hang() throws IOException {
        Signals.stop(pid());
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

    List<Path> tasks() throws IOException {
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
    static Optional<String> readIfThere(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException threadEnded) {
            return Optional.empty();
        }
    }
}
