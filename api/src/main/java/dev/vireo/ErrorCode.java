package dev.vireo;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names what went wrong, with libvirt's names and numbers ({@code virErrorNumber}); {@link #UNKNOWN} is for all others. */
public enum ErrorCode {
    /** A defect of the driver or of the library; the cause says where. */
    INTERNAL_ERROR(1, "internal error"),
    /** The hypervisor library has no memory left. */
    NO_MEMORY(2, "out of memory"),
    /** The driver's table has no entry for the operation. */
    NO_SUPPORT(3, "this function is not supported by the connection driver"),
    /** A host name could not be resolved. */
    UNKNOWN_HOST(4, "unknown host"),
    /** No driver opened the URI. */
    NO_CONNECT(5, "no connection driver available for"),
    /** The connection is closed. */
    INVALID_CONN(6, "invalid connection pointer in"),
    /** The domain was made by another connection. */
    INVALID_DOMAIN(7, "invalid domain pointer in"),
    /** An argument is outside of what the operation allows. */
    INVALID_ARG(8, "invalid argument"),
    /** The operation was tried and failed. */
    OPERATION_FAILED(9, "operation failed"),
    /** An HTTP GET failed. */
    GET_FAILED(10, "GET operation failed"),
    /** An HTTP request failed. */
    HTTP_ERROR(12, "got unknown HTTP error code"),
    /** No further driver can be registered. */
    DRIVER_FULL(25, "too many drivers registered"),
    /** A call to the hypervisor failed. */
    CALL_FAILED(26, "library call failed"),
    /** An XML document could not be read. */
    XML_ERROR(27, "XML description is invalid or not well formed"),
    /** The connection is read-only. */
    OPERATION_DENIED(29, "operation forbidden"),
    /** A configuration file could not be opened. */
    OPEN_FAILED(30, "failed to open configuration file"),
    /** A configuration file could not be read. */
    READ_FAILED(31, "failed to read configuration file"),
    /** A configuration file could not be parsed. */
    PARSE_FAILED(32, "failed to parse configuration file"),
    /** A configuration file breaks the rules of its syntax. */
    CONF_SYNTAX(33, "configuration file syntax error"),
    /** A system call failed. */
    SYSTEM_ERROR(38, ""),
    /** The remote protocol failed. */
    RPC(39, ""),
    /** TLS failed. */
    GNUTLS_ERROR(40, "GNUTLS call error"),
    /** There is no such domain, or it has ended. */
    NO_DOMAIN(42, "Domain not found"),
    /** Authentication failed. */
    AUTH_FAILED(45, "authentication failed"),
    /** The domain's state does not allow the operation, for instance because it is not running. */
    OPERATION_INVALID(55, "Requested operation is not valid"),
    /** The configuration is not supported. */
    CONFIG_UNSUPPORTED(67, "unsupported configuration"),
    /** The operation did not end in time. */
    OPERATION_TIMEOUT(68, "Timed out during operation"),
    /** The argument is valid, but this hypervisor does not support it. */
    ARGUMENT_UNSUPPORTED(74, "argument unsupported"),
    /** The operation was ended by a request. */
    OPERATION_ABORTED(78, "operation aborted"),
    /** The caller gave up the authentication. */
    AUTH_CANCELLED(79, "authentication cancelled"),
    /** A number is too large. */
    OVERFLOW(82, "numerical overflow"),
    /** This host or this hypervisor cannot do it; the message says what is lacking. */
    OPERATION_UNSUPPORTED(84, "Operation not supported"),
    /** The transport by {@code ssh} failed. */
    SSH(85, "SSH transport error"),
    /** The guest agent does not answer. */
    AGENT_UNRESPONSIVE(86, "Guest agent is not responding"),
    /** Something that the operation needs is in use. */
    RESOURCE_BUSY(87, "resource busy"),
    /** An access rule forbids the operation. */
    ACCESS_DENIED(88, "access denied"),
    /** A service on D-Bus failed, for instance polkit. */
    DBUS_SERVICE(89, "error from service"),
    /** Authentication is not possible now. */
    AUTH_UNAVAILABLE(94, "authentication unavailable"),
    /** There is no such server. */
    NO_SERVER(95, "Server not found"),
    /** There is no such client. */
    NO_CLIENT(96, "Client not found"),
    /** The transport by {@code libssh} failed. */
    LIBSSH(98, "libssh transport error"),
    /** The domain's host name is not known. */
    NO_HOSTNAME(108, "no hostname found"),
    /** The name, id or uuid fits more than one domain. */
    MULTIPLE_DOMAINS(110, "multiple domains found"),
    /** A number that this version has no name for; {@link HypervisorException#number()} keeps it. */
    UNKNOWN(-1, "");

    private static final Map<Integer, ErrorCode> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ErrorCode::number, Function.identity()));

    private final int number;
    private final String text;

    ErrorCode(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /**
     * Returns the code with libvirt's number.
     *
     * @param number a {@code virErrorNumber}
     * @return its code, {@link #UNKNOWN} if this version has no name for it
     */
    public static ErrorCode ofNumber(int number) {
        return BY_NUMBER.getOrDefault(number, UNKNOWN);
    }

    /**
     * Returns libvirt's number of this code.
     *
     * @return the {@code virErrorNumber}, -1 for {@link #UNKNOWN}
     */
    public int number() {
        return number;
    }

    /**
     * Returns libvirt's name of this code.
     *
     * @return for instance {@code VIR_ERR_NO_DOMAIN}
     */
    public String libvirtName() {
        return "VIR_ERR_" + name();
    }

    /**
     * Returns a message in libvirt's form: this code's text, then the detail.
     *
     * @param detail what exactly went wrong
     * @return for instance {@code Domain not found: no domain with matching name 'web'}
     */
    public String describe(String detail) {
        if (text.isEmpty()) {
            return detail;
        }
        // libvirt's texts that end in a preposition run on without a colon
        return text + (text.endsWith(" in") || text.endsWith(" for") ? " " : ": ") + detail;
    }
}
