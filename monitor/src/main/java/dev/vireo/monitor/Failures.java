package dev.vireo.monitor;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.util.EnumSet;
import java.util.Set;

/** What an error is about: the connection, one run, or one number. */
final class Failures {
    private static final Set<ErrorCode> OF_THE_CONNECTION = EnumSet.of(ErrorCode.INVALID_CONN, ErrorCode.RPC);

    private Failures() {}

    static boolean isOfTheConnection(HypervisorException error) {
        return OF_THE_CONNECTION.contains(error.code());
    }

    static boolean isOfTheRun(HypervisorException error) {
        // not OPERATION_INVALID: libvirt has it for one statistic of a domain that runs, too
        return error.code() == ErrorCode.NO_DOMAIN;
    }

    /** Returns why a number is missing; throws what is about more than that. */
    static String reason(HypervisorException error) {
        if (isOfTheConnection(error) || isOfTheRun(error)) {
            throw error;
        }
        return String.valueOf(error.getMessage());
    }

    /** Returns the error of something that failed beside the driver, such as a predicate of the caller's. */
    static HypervisorException broken(Throwable cause) {
        return HypervisorException.of(ErrorCode.INTERNAL_ERROR, "monitor", "a sample failed: " + cause, cause);
    }
}
