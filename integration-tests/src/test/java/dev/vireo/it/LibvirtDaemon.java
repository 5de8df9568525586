package dev.vireo.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A libvirtd of the tests' own: it sees the host's control groups, or one kind of them, and shares no file with a libvirtd
 * that may run here. All that it started ends when it is closed, and when the JVM ends in whatever way.
 */
final class LibvirtDaemon implements AutoCloseable {
    /** The first daemon of a run asks QEMU what it can do, which takes seconds. */
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private static final Duration END_LIMIT = Duration.ofSeconds(30);
    private static final String SCRIPT = "build/private-libvirtd.sh";

    private final TemporaryDirectory directory;
    private final LibvirtDirectories directories;
    private final Process shell;

    private LibvirtDaemon(TemporaryDirectory directory, LibvirtDirectories directories, Process shell) {
        this.directory = directory;
        this.directories = directories;
        this.shell = shell;
    }

    static LibvirtDaemon start(LibvirtHierarchy hierarchy, LibvirtConfiguration configuration) throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.create("vireo-it-libvirt-");
        LibvirtDirectories directories = new LibvirtDirectories(directory.path());
        directories.prepare(configuration);
        Process shell = launch(directories, hierarchy, configuration.arguments());
        LibvirtDaemon daemon = new LibvirtDaemon(directory, directories, shell);
        try {
            daemon.startAgain();
            return daemon;
        } catch (IOException | RuntimeException | AssertionError failed) {
            daemon.close();
            throw failed;
        }
    }

    private static Process launch(LibvirtDirectories directories, LibvirtHierarchy hierarchy, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(Programs.get("unshare"), "--mount", "--pid", "--fork"));
        command.addAll(List.of("--kill-child=KILL", "--mount-proc", "--propagation", "private"));
        command.addAll(List.of("bash", Repository.root().resolve(SCRIPT).toString()));
        command.addAll(List.of(directories.root().toString(), hierarchy.word()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directories.output().toFile())
                .start();
    }

    /** Starts a daemon where none runs: the first one, or one after another that was killed. */
    void startAgain() throws IOException {
        shell.getOutputStream().write('\n');
        shell.getOutputStream().flush();
        Await.until(
                () -> "libvirtd runs; " + errors(),
                START_LIMIT,
                () -> !shell.isAlive() || findDaemon().isPresent());
        Await.until(
                () -> "libvirtd answers; " + errors(),
                START_LIMIT,
                () -> findDaemon().isEmpty() || answers());
        daemon();
    }

    private boolean answers() {
        return Files.exists(directories.socket()) && virsh("uri").exitCode() == 0;
    }

    /** Returns libvirt's URI of its guests of QEMU. */
    String uri() {
        return "qemu:///system?socket=" + directories.socket();
    }

    /** Returns libvirt's URI of its containers. */
    String containersUri() {
        return "lxc:///system?socket=" + directories.socket();
    }

    Path socket() {
        return directories.socket();
    }

    Path root() {
        return directories.root();
    }

    CommandRun virsh(String... arguments) {
        return Virsh.run(uri(), arguments);
    }

    /** Stops it, as one that hangs; from when this returns it does nothing. */
    void stop() throws IOException {
        Signals.stop(pid());
    }

    void resume() {
        Signals.resume(pid());
    }

    /** Kills the daemon, and not its guests: they run on, and a daemon that is started again knows them. */
    void kill() throws IOException {
        ProcessHandle killed = daemon();
        killed.destroyForcibly();
        Await.until("libvirtd " + killed.pid() + " has ended", END_LIMIT, () -> !killed.isAlive());
    }

    int pid() {
        return Math.toIntExact(daemon().pid());
    }

    /** The daemon forks when it starts a guest: it is the shell's own child, not one of its own. */
    private Optional<ProcessHandle> findDaemon() {
        return startedByShell()
                .filter(process -> isProgram(process, "libvirtd"))
                .findFirst();
    }

    /** Returns the daemon, or fails with what it said before it ended. */
    private ProcessHandle daemon() {
        return findDaemon().orElseThrow(() -> new AssertionError("no libvirtd runs; " + errors()));
    }

    /** Returns the QEMU of a guest. A guest is a child of the shell, too: libvirt lets go of it. */
    Optional<ProcessHandle> qemu(String name) {
        return startedByShell()
                .filter(process -> commandLine(process).contains("guest=" + name + ","))
                .findFirst();
    }

    private Stream<ProcessHandle> startedByShell() {
        return shell.children().flatMap(ProcessHandle::children);
    }

    private static boolean isProgram(ProcessHandle process, String name) {
        return process.info()
                .command()
                .filter(path -> path.endsWith("/" + name))
                .isPresent();
    }

    private static String commandLine(ProcessHandle process) {
        return Guest.readIfThere(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                .orElse("");
    }

    /** What the daemon and the script around it had to say. */
    String errors() {
        return "libvirtd: " + text(directories.output()) + text(directories.log());
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** The shell ends when its input does, also when this JVM is killed; all others end with it. */
    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        Await.until("the private libvirtd and its guests have ended", END_LIMIT, () -> !shell.isAlive());
        directory.close();
    }
}
