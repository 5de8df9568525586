package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.SystemCallException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Says what would help where the kernel refuses. What it refuses for the moment alone, as for want of memory, is no reason to
 * pass a source over: that stays an {@link IOException}.
 */
final class Refusals {
    private static final Path LOCKDOWN = Path.of("kernel/security/lockdown");

    private Refusals() {}

    static PassedOverException ofBpf(IOException failed, Path sysfs) throws IOException {
        return of(failed, helpWithBpf(failed) + lockdown(failed, sysfs));
    }

    static PassedOverException ofPerf(IOException failed, Path sysfs) throws IOException {
        return of(failed, helpWithPerf(failed) + lockdown(failed, sysfs));
    }

    private static PassedOverException of(IOException failed, String help) throws IOException {
        String reason = text(failed) + help;
        if (isPassing(failed)) {
            throw new IOException(reason, failed);
        }
        return new PassedOverException(reason, failed);
    }

    /** A file that is there and may be read is wanted for the moment alone: there are no descriptors left, for instance. */
    private static boolean isPassing(Throwable failed) {
        if (failed instanceof FileSystemException file) {
            return !(file instanceof NoSuchFileException || file instanceof AccessDeniedException);
        }
        Throwable cause = failed.getCause();
        return (failed instanceof SystemCallException refused && refused.isPassing())
                || (cause != null && isPassing(cause));
    }

    /** Returns what failed in words: some exceptions about files have nothing but the path for their message. */
    static String text(IOException failed) {
        if (failed instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (failed instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        return failed instanceof FileSystemException ? failed.toString() : String.valueOf(failed.getMessage());
    }

    private static String helpWithBpf(IOException failed) {
        if (!(failed instanceof SystemCallException refused)) {
            return "";
        }
        return switch (refused.errno()) {
            case SystemCallException.EPERM ->
                "; it takes the capabilities CAP_BPF and CAP_PERFMON (root has them), and before Linux 5.11 room in"
                        + " RLIMIT_MEMLOCK (ulimit -l unlimited)";
            case SystemCallException.EACCES ->
                "; it takes CAP_PERFMON beside CAP_BPF, and a kernel that is not locked down for confidentiality";
            case SystemCallException.EMFILE -> "; raise the limit of descriptors (ulimit -n)";
            case SystemCallException.EAGAIN, SystemCallException.EINTR, SystemCallException.ENOMEM -> "; try again";
            case SystemCallException.ENOSYS -> "; it takes a kernel with CONFIG_BPF_SYSCALL";
            case SystemCallException.EINVAL ->
                "; it takes Linux 5.10 or newer, not locked down for confidentiality; if this is one, it is not known yet";
            default -> "";
        };
    }

    private static String helpWithPerf(IOException failed) {
        if (!(failed instanceof SystemCallException refused)) {
            return "";
        }
        return switch (refused.errno()) {
            case SystemCallException.EPERM, SystemCallException.EACCES ->
                "; it takes the capability CAP_PERFMON (root has it) or kernel.perf_event_paranoid below 1; where that"
                        + " is above 2, Debian's kernels want CAP_SYS_ADMIN";
            case SystemCallException.EMFILE -> "; raise the limit of descriptors (ulimit -n)";
            case SystemCallException.ENOSYS -> "; it takes a kernel with CONFIG_PERF_EVENTS";
            case SystemCallException.EINVAL -> "; it takes a kernel with CONFIG_CGROUP_PERF";
            case SystemCallException.ENOENT ->
                "; it takes the perf_event controller on version 2 of control groups, and on hybrid hosts version 1 may have it";
            default -> "";
        };
    }

    /** A kernel that is locked down refuses root too, with whatever errno. */
    private static String lockdown(IOException failed, Path sysfs) {
        try {
            boolean isLocked = failed instanceof SystemCallException
                    && Files.readString(sysfs.resolve(LOCKDOWN)).contains("[confidentiality]");
            return isLocked ? "; this kernel is locked down for confidentiality" : "";
        } catch (IOException unknown) {
            // most kernels have no such file, and not everybody may read it
            return "";
        }
    }
}
