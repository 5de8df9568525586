package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Pointer;
import dev.vireo.ErrorCode;
import dev.vireo.ErrorLevel;
import dev.vireo.HypervisorException;
import org.jspecify.annotations.Nullable;

/**
 * The error of the last call that this thread made. Read from memory: libvirt-java takes the place in its own list for
 * libvirt's number, so that what is newer than the list is lost, and decodes texts in the locale's charset.
 */
public final class LastError {
    /** The origin of all errors of this driver. */
    public static final String ORIGIN = "libvirt";

    static final int CODE = 0;
    static final int DOMAIN = 4;
    static final int MESSAGE = 8;
    static final int LEVEL = 16;

    private LastError() {}

    /** Returns the result of a call, or throws the error of one that failed. */
    static int checked(int result, String function) {
        if (result < 0) {
            throw of(function);
        }
        return result;
    }

    /** Returns the address that a call gave, or throws the error of one that failed. */
    static long checked(long address, String function) {
        if (address == 0) {
            throw of(function);
        }
        return address;
    }

    /** Returns the error of a call that failed, also if libvirt keeps its reason to itself. */
    static HypervisorException of(String function) {
        HypervisorException error = read();
        return error != null
                ? error
                : HypervisorException.of(
                        ErrorCode.INTERNAL_ERROR, ORIGIN, function + " failed, and libvirt does not say why");
    }

    private static @Nullable HypervisorException read() {
        long address = Virt.virGetLastError();
        if (address == 0) {
            return null;
        }
        Pointer error = new Pointer(address);
        int code = error.getInt(CODE);
        String message = CText.at(error.getLong(MESSAGE));
        return code == 0
                ? null
                : HypervisorException.reported(
                        code,
                        error.getInt(DOMAIN),
                        ErrorLevel.ofNumber(error.getInt(LEVEL)),
                        ORIGIN,
                        message == null ? "libvirt reports error " + code + " without a text" : message);
    }
}
