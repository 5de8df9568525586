package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.linux.ProcessDirectory;
import dev.vireo.driver.qemu.cgroup.percpu.PerCpuCounting;
import dev.vireo.driver.qemu.cgroup.reading.GuestProcess;
import dev.vireo.driver.qemu.cgroup.reading.OpenFileBudget;
import dev.vireo.driver.qemu.cgroup.reading.ProcessStat;
import dev.vireo.driver.qemu.cgroup.reading.Workspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The processes of the host, and which of them are guests. The same run is the same {@link FoundGuest} each time; one that
 * has ended is closed and forgotten. Following when nothing has changed makes no garbage. Guarded by the finder's lock.
 */
final class QemuProcesses implements AutoCloseable {
    private final HostView host;
    private final OpenFileBudget budget;
    private final PerCpuCounting counting;
    private final LongSupplier nanoClock;
    private final Identification identification;
    private final Workspace space;
    private final ProcessDirectory processes;
    private List<SeenProcess> seen = new ArrayList<>();
    private List<SeenProcess> next = new ArrayList<>();
    private final IntPredicate isListed;
    private boolean changed;

    QemuProcesses(
            HostView host,
            OpenFileBudget budget,
            PerCpuCounting counting,
            LongSupplier nanoClock,
            Identification identification,
            Workspace space)
            throws IOException {
        this.host = host;
        this.budget = budget;
        this.counting = counting;
        this.nanoClock = nanoClock;
        this.identification = identification;
        this.space = space;
        this.processes = new ProcessDirectory(host.procfs());
        this.isListed = processes::contains;
    }

    /** All processes that were there at the last look, by pid. */
    List<SeenProcess> seen() {
        return seen;
    }

    /**
     * Goes through the list of processes and what was known side by side, both by pid.
     *
     * @param surelyAlive whether each guest is asked whether it still runs
     * @param surelyQemu whether each guest is asked whether it still runs QEMU
     * @return whether guests came, went or said who they are
     * @throws IOException if the processes cannot be listed, or there is one that cannot be looked at
     */
    boolean follow(boolean surelyAlive, boolean surelyQemu) throws IOException {
        processes.list();
        identification.startPass();
        changed = false;
        next.clear();
        int known = 0;
        for (int i = 0; i < processes.size(); i++) {
            int pid = processes.pid(i);
            while (known < seen.size() && seen.get(known).pid() < pid) {
                forget(seen.get(known++));
            }
            SeenProcess before = known < seen.size() && seen.get(known).pid() == pid ? seen.get(known++) : null;
            SeenProcess now =
                    before != null && before.inode() == processes.inode(i) && holds(before, surelyAlive, surelyQemu)
                            ? before
                            : inspect(pid, processes.inode(i), before);
            if (before != null && guestOf(now) != before.guest()) {
                forget(before);
            }
            if (now != null) {
                next.add(now);
            }
        }
        while (known < seen.size()) {
            forget(seen.get(known++));
        }
        List<SeenProcess> old = seen;
        seen = next;
        next = old;
        identification.forgetUnless(isListed);
        return changed;
    }

    private static @Nullable FoundGuest guestOf(@Nullable SeenProcess process) {
        return process == null ? null : process.guest();
    }

    private boolean holds(SeenProcess process, boolean surelyAlive, boolean surelyQemu) {
        FoundGuest guest = process.guest();
        if (guest != null) {
            return guest.identity().isFinal()
                    && (!surelyAlive || guest.counters().isAlive(space))
                    && (!surelyQemu || isQemu(process.pid()));
        }
        return switch (process.kind()) {
            case KERNEL_THREAD -> true;
            case OTHER -> !isQemu(process.pid());
            default -> isQemu(process.pid()) && hasParent(process);
        };
    }

    private boolean hasParent(SeenProcess helper) {
        try {
            return ProcessStat.read(directory(helper.pid())).parent() == helper.parent();
        } catch (IOException ended) {
            return false;
        }
    }

    /** Returns null for a process that has ended or does not say yet who it is. */
    private @Nullable SeenProcess inspect(int pid, long inode, @Nullable SeenProcess before) throws IOException {
        FoundGuest known = guestOf(before);
        try {
            ByteBuffer program = processes.program(pid);
            if (program != null && !ProgramName.isQemu(program)) {
                return new SeenProcess(pid, inode, SeenProcess.Kind.OTHER, 0, null);
            }
            ProcessStat stat = ProcessStat.read(directory(pid));
            if (stat.isKernelThread()) {
                return new SeenProcess(pid, inode, SeenProcess.Kind.KERNEL_THREAD, 0, null);
            }
            if (stat.hasEnded() || (program == null && !ProgramName.isQemu(stat.command()))) {
                return new SeenProcess(pid, inode, SeenProcess.Kind.OTHER, 0, null);
            }
            return inspectQemu(inode, new GuestProcess(directory(pid), pid, stat.startTime()), stat.parent(), known);
        } catch (IOException unreadable) {
            if (known != null) {
                // for want of descriptors for instance: then what was known still holds
                return known.process().hasEnded() ? null : before;
            }
            requireEnded(pid, unreadable);
            return null;
        }
    }

    /** A process that cannot be looked at may be a guest, and a list without it would be a wrong one. */
    private void requireEnded(int pid, IOException unreadable) throws IOException {
        boolean isItsEnd = unreadable instanceof NoSuchFileException || unreadable instanceof AccessDeniedException;
        if (!isItsEnd && unreadable instanceof FileSystemException && Files.exists(directory(pid))) {
            throw unreadable;
        }
    }

    private @Nullable SeenProcess inspectQemu(long inode, GuestProcess process, int parent, @Nullable FoundGuest known)
            throws IOException {
        boolean isKnown = known != null
                && known.process().equals(process)
                && known.counters().isAlive(space);
        Optional<Identity> libvirts = identification.askLibvirt(process);
        Optional<byte[]> text = libvirts.isPresent() ? Optional.empty() : identification.commandLine(process);
        // a process that did not answer was taken for a guest; now it may turn out to be a helper
        boolean isSurelyGuest = known != null && isKnown && known.identity().isFinal();
        if (!isSurelyGuest && text.isPresent() && isHelper(text.get(), parent)) {
            return new SeenProcess(process.pid(), inode, SeenProcess.Kind.HELPER, parent, null);
        }
        Identity identity = libvirts.isPresent() ? libvirts.get() : identification.identify(process, text);
        if (identity == null) {
            return null;
        }
        if (known == null || !isKnown) {
            changed = true;
            FoundGuest found = new FoundGuest(process, identity, budget, counting, nanoClock);
            return new SeenProcess(process.pid(), inode, SeenProcess.Kind.GUEST, parent, found);
        }
        if (!identity.equals(known.identity())) {
            changed = true;
            known.identify(identity);
        }
        return new SeenProcess(process.pid(), inode, SeenProcess.Kind.GUEST, parent, known);
    }

    private boolean isHelper(byte[] commandLine, int parent) throws IOException {
        if (parent <= 0 || !isQemu(parent)) {
            return false;
        }
        Path directory = directory(parent);
        long startTime = ProcessStat.read(directory).startTime();
        return identification.isHelper(commandLine, new GuestProcess(directory, parent, startTime));
    }

    /** -name process=… gives a process any name; its program says what it is, where we may see it. */
    private boolean isQemu(int pid) {
        ByteBuffer program = processes.program(pid);
        if (program != null) {
            return ProgramName.isQemu(program);
        }
        try {
            return ProgramName.isQemu(ProcessStat.read(directory(pid)).command());
        } catch (IOException ended) {
            return false;
        }
    }

    private Path directory(int pid) {
        return host.procfs().resolve(Integer.toString(pid));
    }

    private void forget(SeenProcess process) {
        FoundGuest guest = process.guest();
        if (guest != null) {
            changed = true;
            guest.close();
        }
    }

    /** Closes the files of all guests. */
    @Override
    public void close() {
        seen.forEach(this::forget);
        seen.clear();
        processes.close();
    }
}
