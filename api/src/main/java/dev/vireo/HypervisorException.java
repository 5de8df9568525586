package dev.vireo;

import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reports a failed operation: which error, who raised it, what was asked and what to do about it.
 *
 * <p>An error of a hypervisor library arrives with its own number, domain, level and text, unchanged. Immutable and thread-safe.
 */
public final class HypervisorException extends RuntimeException {
    /** The origin of errors that the library itself raises. */
    static final String LIBRARY = "vireo";

    private static final int NOT_OF_LIBVIRT = -1;

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int number;
    private final int libvirtDomain;
    private final ErrorLevel level;
    private final String origin;

    private HypervisorException(
            ErrorCode code,
            int number,
            int libvirtDomain,
            ErrorLevel level,
            String origin,
            String message,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.number = number;
        this.libvirtDomain = libvirtDomain;
        this.level = Objects.requireNonNull(level, "level");
        this.origin = Objects.requireNonNull(origin, "origin");
    }

    /**
     * Makes an error whose message is the code's text followed by a detail, as libvirt writes them.
     *
     * @param code which error
     * @param origin the driver or layer that raises it
     * @param detail what was asked, of which domain, and what to do about it
     * @return the error, to be thrown
     */
    public static HypervisorException of(ErrorCode code, String origin, String detail) {
        return of(code, origin, detail, null);
    }

    /**
     * Makes an error as {@link #of(ErrorCode, String, String)} does, with a cause.
     *
     * @param code which error
     * @param origin the driver or layer that raises it
     * @param detail what was asked, of which domain, and what to do about it
     * @param cause what led to it, null if nothing did
     * @return the error, to be thrown
     */
    public static HypervisorException of(ErrorCode code, String origin, String detail, @Nullable Throwable cause) {
        return new HypervisorException(
                code, code.number(), NOT_OF_LIBVIRT, ErrorLevel.ERROR, origin, code.describe(detail), cause);
    }

    /**
     * Makes an error that libvirt reported, with its numbers and text as they came.
     *
     * @param number libvirt's {@code virErrorNumber}
     * @param libvirtDomain libvirt's {@code virErrorDomain}: which part of it raised the error
     * @param level how consequent it is
     * @param origin the driver that reports it
     * @param message libvirt's text, kept as it is
     * @return the error, to be thrown
     */
    public static HypervisorException reported(
            int number, int libvirtDomain, ErrorLevel level, String origin, String message) {
        return new HypervisorException(ErrorCode.ofNumber(number), number, libvirtDomain, level, origin, message, null);
    }

    /**
     * Returns which error this is.
     *
     * @return the code, {@link ErrorCode#UNKNOWN} where {@link #number()} has no name
     */
    public ErrorCode code() {
        return code;
    }

    /**
     * Returns the error number as it was reported.
     *
     * @return libvirt's {@code virErrorNumber}
     */
    public int number() {
        return number;
    }

    /**
     * Returns which part of libvirt raised the error.
     *
     * @return libvirt's {@code virErrorDomain}, for instance 54 for its control groups; empty if it is no error of libvirt
     */
    public OptionalInt libvirtDomain() {
        return libvirtDomain == NOT_OF_LIBVIRT ? OptionalInt.empty() : OptionalInt.of(libvirtDomain);
    }

    /**
     * Returns how consequent the error is.
     *
     * @return the level, {@link ErrorLevel#ERROR} but for what libvirt reports as less
     */
    public ErrorLevel level() {
        return level;
    }

    /**
     * Returns who raised the error.
     *
     * @return the name of a driver, or {@code vireo} for the library itself
     */
    public String origin() {
        return origin;
    }
}
