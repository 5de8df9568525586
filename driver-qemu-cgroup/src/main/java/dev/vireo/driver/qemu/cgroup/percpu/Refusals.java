package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.SystemCallException;
import java.io.IOException;

/** Says what would help where the kernel refuses. */
final class Refusals {
    private Refusals() {}

    static PassedOverException ofBpf(IOException failed) {
        return new PassedOverException(failed.getMessage() + helpWithBpf(failed), failed);
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
            case SystemCallException.ENOSYS -> "; it takes a kernel with CONFIG_BPF_SYSCALL";
            case SystemCallException.EINVAL -> "; it takes Linux 5.10 or newer";
            default -> "";
        };
    }

    static PassedOverException ofPerf(IOException failed) {
        return new PassedOverException(failed.getMessage() + helpWithPerf(failed), failed);
    }

    private static String helpWithPerf(IOException failed) {
        if (!(failed instanceof SystemCallException refused)) {
            return "";
        }
        return switch (refused.errno()) {
            case SystemCallException.EPERM, SystemCallException.EACCES ->
                "; it takes the capability CAP_PERFMON (root has it) or kernel.perf_event_paranoid below 1";
            case SystemCallException.EMFILE -> "; raise the limit of descriptors (ulimit -n)";
            case SystemCallException.ENOSYS -> "; it takes a kernel with CONFIG_PERF_EVENTS";
            case SystemCallException.EINVAL -> "; it takes a kernel with CONFIG_CGROUP_PERF";
            default -> "";
        };
    }
}
