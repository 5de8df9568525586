package dev.vireo.tck;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;

/** Says what was expected and what was seen. */
final class Checks {
    /** A call of the driver. */
    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    private static final int ATTEMPTS = 3;

    private Checks() {}

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }

    static void same(Object expected, Object seen, String what) {
        require(expected.equals(seen), what + " ought to be " + expected + " and is " + seen);
    }

    /** Requires that a check of numbers that somebody else moves meanwhile is met in one attempt of three. */
    static void soon(Call check) throws Exception {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                check.run();
                return;
            } catch (AssertionError notYet) {
                // somebody may have come between two readings
            }
        }
        check.run();
    }

    /** Requires that a call fails with one error, and returns that. */
    static HypervisorException fails(ErrorCode code, String what, Call call) throws Exception {
        try {
            call.run();
        } catch (HypervisorException error) {
            require(
                    error.code() == code,
                    what + " ought to fail with " + code + " and fails with " + error.code() + ": "
                            + error.getMessage());
            return error;
        }
        throw new AssertionError(what + " ought to fail with " + code + " and does not fail");
    }
}
