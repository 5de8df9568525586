package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What is told of a guest that cannot be read: what, where, and what to do. Guarded by the guest's lock. */
final class GuestErrors {
    static final String ORIGIN = "QEMU-cgroup";

    private String guest = "";

    /** Says how errors call the guest. */
    void setGuest(String name) {
        guest = name;
    }

    HypervisorException gone() {
        return HypervisorException.of(
                ErrorCode.NO_DOMAIN, ORIGIN, "domain " + guest + " has ended; look it up again for a new run");
    }

    HypervisorException startCpuTooLarge(int startCpu, int largest) {
        return HypervisorException.of(
                ErrorCode.INVALID_ARG,
                ORIGIN,
                "start_cpu " + startCpu + " larger than maximum of " + largest + " for domain " + guest);
    }

    HypervisorException unreadable(IOException failed) {
        if (failed instanceof AccessDeniedException denied) {
            return HypervisorException.of(
                    ErrorCode.ACCESS_DENIED,
                    ORIGIN,
                    "no permission to read " + denied.getFile() + " for domain " + guest
                            + "; run as root or as a user who may read it",
                    failed);
        }
        String problem = failed instanceof NoSuchFileException
                ? failed.getMessage() + " is not there, though the guest runs: was it moved this moment? Try again"
                : failed.getMessage() == null ? failed.toString() : failed.getMessage();
        return HypervisorException.of(
                ErrorCode.SYSTEM_ERROR,
                ORIGIN,
                "cannot read the CPU times of domain " + guest + ": " + problem,
                failed);
    }

    static HypervisorException unsupported(String reason) {
        return HypervisorException.of(ErrorCode.OPERATION_UNSUPPORTED, ORIGIN, reason);
    }
}
