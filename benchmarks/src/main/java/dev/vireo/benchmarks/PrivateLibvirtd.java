package dev.vireo.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A libvirtd of our own, on version 1 of control groups. Closing ends it and its guests; they also end by themselves when
 * this JVM does, whatever becomes of it.
 */
final class PrivateLibvirtd implements AutoCloseable {
    // it asks QEMU first what it can do
    private static final long START_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long END_LIMIT_SECONDS = 30;

    // QEMU as root, without what a daemon has around it on a real host: labels, ownership, a daemon for its logs
    private static final String QEMU_SETTINGS = """
            stdio_handler = "file"
            user = "+0"
            group = "+0"
            dynamic_ownership = 0
            remember_owner = 0
            security_driver = "none"
            """;
    private static final String SETTINGS = """
            host_uuid = "5d0b4a8e-6f0a-4d0c-9b53-0d5a3c1e7f42"
            unix_sock_dir = "%s"
            auth_unix_ro = "none"
            auth_unix_rw = "none"
            log_outputs = "3:file:%s"
            """;

    private final Path directory;
    private final Process shell;

    /** Returns what is not here that it needs, besides being root; empty if all is. */
    static String lacking() throws IOException {
        for (String program : List.of("unshare", "bash", "findmnt", "libvirtd", "qemu-system-x86_64")) {
            if (!isInstalled(program)) {
                return "there is no program '" + program + "'";
            }
        }
        if (Files.notExists(Path.of("/dev/kvm"))) {
            return "there is no KVM, and guests without it are never idle";
        }
        return Hierarchy.V1.mountPoint().isEmpty()
                ? "no cgroup v1 is mounted, and libvirt tells times per CPU there alone"
                : "";
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param programs where its files are to lie
     */
    PrivateLibvirtd(CPrograms programs) throws IOException {
        directory = Files.createDirectory(programs.directory().resolve("libvirt"));
        prepare();
        shell = launch(programs.unpack("sh/private-libvirtd.sh"));
        try {
            startDaemon();
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private void prepare() throws IOException {
        for (String name : List.of("etc", "sasl2", "run", "lib", "log", "cache", "sock")) {
            Files.createDirectory(directory.resolve(name));
        }
        Files.writeString(directory.resolve("etc/qemu.conf"), QEMU_SETTINGS);
        Files.writeString(directory.resolve("libvirtd.conf"), SETTINGS.formatted(directory.resolve("sock"), log()));
    }

    private Process launch(Path script) throws IOException {
        return new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--pid",
                        "--fork",
                        "--kill-child=KILL",
                        "--mount-proc",
                        "--propagation",
                        "private",
                        "bash",
                        script.toString(),
                        directory.toString(),
                        "v1")
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    private void startDaemon() throws IOException {
        shell.getOutputStream().write('\n');
        shell.getOutputStream().flush();
        long deadline = System.nanoTime() + START_LIMIT_NANOS;
        while (Files.notExists(socket())) {
            if (!shell.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("libvirtd did not start: " + text(output()) + text(log()));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /** Returns libvirt's URI of its guests. */
    String uri() {
        return "qemu:///system?socket=" + socket();
    }

    /** Returns the daemon, without its guests. */
    RunningProcess daemon() {
        return running("libvirtd").findFirst().orElseThrow(() -> new IllegalStateException("libvirtd has ended"));
    }

    /** Returns how long its guests' QEMUs have run, all together. */
    Duration guestsCpuTime() {
        return running("qemu-system-x86_64").map(RunningProcess::cpuTime).reduce(Duration.ZERO, Duration::plus);
    }

    private Stream<RunningProcess> running(String program) {
        return shell.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/" + program))
                .map(process -> new RunningProcess(process.pid()));
    }

    Path directory() {
        return directory;
    }

    private Path socket() {
        return directory.resolve("sock/libvirt-sock");
    }

    private Path log() {
        return directory.resolve("log/libvirtd.log");
    }

    private Path output() {
        return directory.resolve("output");
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }

    /** The shell ends when its input does, and all others with it. */
    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        try {
            if (!shell.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("libvirtd " + directory + " does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while libvirtd ends");
        }
    }
}
