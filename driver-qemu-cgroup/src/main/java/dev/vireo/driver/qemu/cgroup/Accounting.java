package dev.vireo.driver.qemu.cgroup;

import dev.vireo.CpuAccounting;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.driver.qemu.cgroup.percpu.PassedOverException;
import dev.vireo.driver.qemu.cgroup.percpu.PinnedAccounting;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;

/** The three operations on counting that outlives a connection. */
final class Accounting {
    private final PinnedAccounting pinned;

    Accounting(PinnedAccounting pinned) {
        this.pinned = pinned;
    }

    void start() {
        try {
            pinned.start();
        } catch (PassedOverException unable) {
            throw HypervisorException.of(
                    ErrorCode.OPERATION_UNSUPPORTED,
                    QemuCgroupDriver.NAME,
                    "cannot count the CPU time of guests: " + unable.reason(),
                    unable);
        } catch (IOException failed) {
            throw failed("start", failed);
        }
    }

    void stop() {
        try {
            pinned.stop();
        } catch (IOException failed) {
            throw failed("stop", failed);
        }
    }

    CpuAccounting get() {
        try {
            if (!pinned.isRunning()) {
                return new CpuAccounting(
                        false,
                        Optional.empty(),
                        "nothing counts between connections; nothing is pinned in " + pinned.directory());
            }
            return new CpuAccounting(
                    true,
                    Optional.of(pinned.since()),
                    "sched-events, pinned in " + pinned.directory()
                            + ": each guest on cgroup v2 that needs it is counted from when a connection first saw it; the"
                            + " scheduler's own groups (sched-group) know the time of those with a cpu controller already");
        } catch (PassedOverException notOurs) {
            return new CpuAccounting(false, Optional.empty(), notOurs.reason());
        } catch (IOException failed) {
            throw failed("look at", failed);
        }
    }

    /** Exceptions about files have no more than the path for their message. */
    private static String words(IOException failed) {
        return failed instanceof FileSystemException ? failed.toString() : String.valueOf(failed.getMessage());
    }

    private static HypervisorException failed(String what, IOException failed) {
        return HypervisorException.of(
                ErrorCode.OPERATION_FAILED,
                QemuCgroupDriver.NAME,
                "cannot " + what + " CPU accounting: " + words(failed),
                failed);
    }
}
