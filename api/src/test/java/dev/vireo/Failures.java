package dev.vireo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** Asserts that something fails with a code. */
final class Failures {
    private Failures() {}

    static HypervisorException assertFails(ErrorCode code, Executable action) {
        HypervisorException error = assertThrows(HypervisorException.class, action);
        assertEquals(code, error.code(), error.getMessage());
        return error;
    }
}
