package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.reading.GuestProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Finds out who a guest is: from libvirt's status file, else from its command line. Not thread-safe. */
final class Identification implements AutoCloseable {
    private static final byte[] NO_ANSWER = {};

    private final Path procfs;
    private final LibvirtStatusFiles statusFiles;
    private final PatientReader<GuestProcess> commandLines = new PatientReader<>();

    Identification(HostView host) {
        this.procfs = host.procfs();
        this.statusFiles = new LibvirtStatusFiles(host.root().resolve("run"), new StartTimes(procfs));
    }

    /** Forgets which status files there were, and has new patience with guests that do not answer. */
    void startPass() {
        commandLines.startPass();
        statusFiles.startPass();
    }

    /** Forgets processes that have ended. */
    void forgetUnless(IntPredicate isThere) {
        if (commandLines.hasPending()) {
            commandLines.forget(process -> !isThere.test(process.pid()));
        }
    }

    /** Returns what libvirt says of a process; its file comes a moment after the process. */
    Optional<Identity> askLibvirt(GuestProcess process) {
        return statusFiles
                .find(process, userOf(process))
                .map(found -> new Identity(
                        found.status().name(),
                        found.status().uuid(),
                        found.status().id(),
                        // a user can put anything at its path, which is read again under locks
                        found.isSystems() ? found.path() : null,
                        Identity.Source.STATUS_FILE,
                        false));
    }

    /**
     * Returns a process's command line, empty if it does not answer yet.
     *
     * @throws IOException if it has ended
     */
    Optional<byte[]> commandLine(GuestProcess process) throws IOException {
        return commandLines.find(process, process.directory().resolve("cmdline"));
    }

    /** Returns who a process is by its command line; null for one that has just been started and has none yet. */
    @Nullable Identity identify(GuestProcess process, Optional<byte[]> text) {
        if (text.isPresent() && text.get().length == 0) {
            return null;
        }
        CommandLine commandLine = CommandLine.parse(text.orElse(NO_ANSWER));
        return new Identity(
                commandLine.name().orElse("qemu-" + process.pid()),
                commandLine.uuid().orElseGet(() -> uuidOf(process)),
                OptionalInt.empty(),
                null,
                text.isPresent() ? Identity.Source.COMMAND_LINE : Identity.Source.PID,
                commandLine.daemonizes());
    }

    /**
     * QEMU's own children, such as the one that cleans up after it, share its command line and are no second guest. A child
     * of one that does not answer is taken for such.
     */
    boolean isHelper(byte[] own, GuestProcess parent) {
        try {
            Optional<byte[]> parents = commandLine(parent);
            return parents.isEmpty() || Arrays.equals(own, parents.get());
        } catch (IOException ended) {
            return false;
        }
    }

    /** Returns -1, whose files nobody has, where the kernel does not say. */
    private static int userOf(GuestProcess process) {
        try {
            for (String line : TextLines.read(process.directory().resolve("status"))) {
                if (line.startsWith("Uid:")) {
                    return Integer.parseInt(
                            line.substring("Uid:".length()).strip().split("\\s+", -1)[0]);
                }
            }
        } catch (IOException | NumberFormatException unknown) {
            // then no user's file holds for it
        }
        return -1;
    }

    /** A guest without -uuid: the same run has the same one, also for another reader, and no other run ever has it. */
    private UUID uuidOf(GuestProcess process) {
        String boot;
        try {
            boot = Files.readString(procfs.resolve("sys/kernel/random/boot_id")).strip();
        } catch (IOException none) {
            boot = "";
        }
        String name = boot + " " + process.pid() + " " + process.startTime();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        commandLines.close();
        statusFiles.close();
    }
}
