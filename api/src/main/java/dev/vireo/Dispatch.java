package dev.vireo;

import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Slot;
import java.lang.System.Logger.Level;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The path of every call to a driver, in one order: connection open, domain ours, not forbidden by read-only, arguments
 * valid, entry there; then the driver; then its error translated and reported.
 *
 * <p>All forms stand on one: {@code begin}, {@code try} the driver, {@code catch} and throw {@code failure},
 * {@code finally end}. Operations on a hot path spell it out, since a lambda that captured their arguments would be
 * garbage; nothing is allocated unless something fails.
 */
final class Dispatch {
    private final String driverName;
    private final ConnectionUri uri;
    private final OpenOptions options;
    private final DriverSession session;
    private final DriverTable table;
    private final CallGate gate;
    private volatile Runnable beforeClose = () -> {};

    Dispatch(String driverName, ConnectionUri uri, OpenOptions options, DriverSession session, DriverTable table) {
        this.driverName = driverName;
        this.uri = uri;
        this.options = options;
        this.session = session;
        this.table = table;
        this.gate = new CallGate(this::closeSession);
    }

    String driverName() {
        return driverName;
    }

    ConnectionUri uri() {
        return uri;
    }

    boolean isReadOnly() {
        return options.isReadOnly();
    }

    DriverTable table() {
        return table;
    }

    /** Sets what runs before the session is closed, under the same promise: once, with no call in flight. */
    void beforeClose(Runnable action) {
        beforeClose = action;
    }

    /**
     * Begins an operation of the table.
     *
     * @param slot which operation
     * @param foreignDomain what to say of a domain of another connection, null if all are ours
     * @param invalidArgument what is wrong with the arguments, null if nothing is
     * @return the driver's function
     */
    <F> F begin(Slot<F> slot, @Nullable String foreignDomain, @Nullable String invalidArgument) {
        Operation operation = slot.operation();
        enter(operation.name());
        F function = table.find(slot);
        if (foreignDomain == null && !isForbidden(operation) && invalidArgument == null && function != null) {
            return function;
        }
        HypervisorException refusal = refusal(operation, foreignDomain, invalidArgument);
        end();
        throw reported(operation.name(), refusal);
    }

    /** Calls an entry of the table that is not about a domain and takes no arguments. */
    <F, R> R call(Slot<F> slot, Function<F, R> body) {
        F function = begin(slot, null, null);
        try {
            return body.apply(function);
        } catch (Throwable thrown) {
            throw failure(slot, null, thrown);
        } finally {
            end();
        }
    }

    /** Calls an entry of the table that is about a domain and takes no other arguments. */
    <F, R> R call(Slot<F> slot, DomainRef domain, BiFunction<F, DomainRef, R> body) {
        F function = begin(slot, null, null);
        try {
            return body.apply(function, domain);
        } catch (Throwable thrown) {
            throw failure(slot, domain, thrown);
        } finally {
            end();
        }
    }

    /** Calls an entry of the table that does something and answers nothing. */
    <F> void run(Slot<F> slot, Consumer<F> body) {
        F function = begin(slot, null, null);
        try {
            body.accept(function);
        } catch (Throwable thrown) {
            throw failure(slot, null, thrown);
        } finally {
            end();
        }
    }

    /** Calls an entry of the table that does something to a domain and answers nothing. */
    <F> void run(Slot<F> slot, DomainRef domain, BiConsumer<F, DomainRef> body) {
        F function = begin(slot, null, null);
        try {
            body.accept(function, domain);
        } catch (Throwable thrown) {
            throw failure(slot, domain, thrown);
        } finally {
            end();
        }
    }

    /** Calls a look-up, which every driver has. */
    <R> R lookup(String what, Function<DriverSession, R> body) {
        enter(what);
        try {
            return body.apply(session);
        } catch (Throwable thrown) {
            throw failure(what, null, thrown);
        } finally {
            end();
        }
    }

    /** Returns the session of a connection that is still open, null if it is closed; if not null, end the call. */
    @Nullable DriverSession tryEnter() {
        return gate.enter() ? session : null;
    }

    void end() {
        gate.leave();
    }

    /**
     * Translates what a driver threw.
     *
     * @param what the operation or look-up
     * @param domain whom it was about, null if it was not about one domain
     * @param thrown what the driver threw
     * @return the exception to throw
     * @throws Error an error that is neither the driver's nor ours to handle, as it is
     */
    HypervisorException failure(Object what, @Nullable DomainRef domain, Throwable thrown) {
        if (thrown instanceof HypervisorException known) {
            return reported(what.toString(), known);
        }
        if (thrown instanceof Error error && !(thrown instanceof LinkageError)) {
            throw error;
        }
        String about = domain == null ? "" : " of domain '" + domain.name() + "'";
        return reported(
                what.toString(),
                HypervisorException.of(
                        ErrorCode.INTERNAL_ERROR,
                        driverName,
                        "the driver " + driverName + " failed in " + what + about + ": " + thrown,
                        thrown));
    }

    /** Tells the error listener, and returns the same error to be thrown. */
    HypervisorException reported(String operation, HypervisorException error) {
        CallLog.failed(uri, error);
        return options.tell(operation, error);
    }

    void close() {
        gate.close();
    }

    boolean isClosed() {
        return gate.isClosed();
    }

    private void enter(String what) {
        if (!gate.enter()) {
            throw reported(
                    what,
                    HypervisorException.of(
                            ErrorCode.INVALID_CONN,
                            HypervisorException.LIBRARY,
                            what + ": the connection to " + uri + " is closed"));
        }
        CallLog.called(uri, what);
    }

    private boolean isForbidden(Operation operation) {
        return options.isReadOnly() && operation.access() == Operation.Access.WRITES;
    }

    private HypervisorException refusal(
            Operation operation, @Nullable String foreignDomain, @Nullable String invalidArgument) {
        if (foreignDomain != null) {
            return HypervisorException.of(
                    ErrorCode.INVALID_DOMAIN, HypervisorException.LIBRARY, operation + ": " + foreignDomain);
        }
        if (isForbidden(operation)) {
            return HypervisorException.of(
                    ErrorCode.OPERATION_DENIED,
                    HypervisorException.LIBRARY,
                    operation + ": the connection to " + uri + " is read-only; open it with OpenOptions.readWrite()");
        }
        if (invalidArgument != null) {
            return HypervisorException.of(
                    ErrorCode.INVALID_ARG, HypervisorException.LIBRARY, operation + ": " + invalidArgument);
        }
        return HypervisorException.of(
                ErrorCode.NO_SUPPORT,
                HypervisorException.LIBRARY,
                operation + " is not in the table of driver " + driverName);
    }

    private void closeSession() {
        closeQuietly(beforeClose);
        closeQuietly(session::close);
    }

    /** Reports a failure to close instead of throwing it: the caller that closes may be one whose call succeeded. */
    private void closeQuietly(Runnable action) {
        try {
            action.run();
        } catch (Throwable broken) {
            HypervisorException error = reported(
                    "close",
                    HypervisorException.of(
                            ErrorCode.INTERNAL_ERROR,
                            driverName,
                            "the driver " + driverName + " failed to close " + uri + ": " + broken,
                            broken));
            System.getLogger(CallLog.NAME).log(Level.WARNING, () -> String.valueOf(error.getMessage()));
        }
    }
}
