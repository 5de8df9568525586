package dev.vireo;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says how a connection is to be opened. Immutable and thread-safe; each method returns a changed copy.
 */
public final class OpenOptions {
    private static final OpenOptions DEFAULTS = new OpenOptions(true, (operation, error) -> {}, null);

    private final boolean readOnly;
    private final BiConsumer<? super String, ? super HypervisorException> errorListener;
    private final @Nullable Authentication authentication;

    private OpenOptions(
            boolean readOnly,
            BiConsumer<? super String, ? super HypervisorException> errorListener,
            @Nullable Authentication authentication) {
        this.readOnly = readOnly;
        this.errorListener = errorListener;
        this.authentication = authentication;
    }

    /**
     * Returns the options that hold when nothing is said: read-only, no error listener, nobody who
     * answers for credentials.
     *
     * @return the defaults
     */
    public static OpenOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns options for a connection that may also change domains: libvirt's {@code virConnectOpen}.
     *
     * @return a changed copy
     */
    public OpenOptions readWrite() {
        return new OpenOptions(false, errorListener, authentication);
    }

    /**
     * Returns options with a listener that sees each error of the connection, also those thrown to callers.
     *
     * @param listener called on the thread on which the error came up; it must be quick and thread-safe
     * @return a changed copy
     */
    public OpenOptions errorListener(Consumer<? super HypervisorException> listener) {
        Objects.requireNonNull(listener, "listener");
        return operationErrorListener((operation, error) -> listener.accept(error));
    }

    /**
     * Returns options with a listener that is told which operation failed, too; it takes the place of an
     * {@link #errorListener}.
     *
     * @param listener called with the name of an {@link Operation}, or of a method of {@link Connection} or {@link Drivers} that
     *     stands for none ({@code listDomains}, {@code open}), and the error; as an {@link #errorListener}
     * @return a changed copy
     */
    public OpenOptions operationErrorListener(BiConsumer<? super String, ? super HypervisorException> listener) {
        return new OpenOptions(readOnly, Objects.requireNonNull(listener, "listener"), authentication);
    }

    /**
     * Returns options with somebody who answers when the hypervisor asks for a name or a password. Without one, opening a
     * connection that needs credentials fails with {@link ErrorCode#AUTH_FAILED} or what the hypervisor says.
     *
     * @param answers gives the credentials
     * @return a changed copy
     */
    public OpenOptions authentication(Authentication answers) {
        return new OpenOptions(readOnly, errorListener, Objects.requireNonNull(answers, "answers"));
    }

    /**
     * Tells whether operations that write are to be refused.
     *
     * @return whether the connection is read-only
     */
    public boolean isReadOnly() {
        return readOnly;
    }

    /**
     * Returns who answers for credentials.
     *
     * @return empty if nobody does
     */
    public Optional<Authentication> authentication() {
        return Optional.ofNullable(authentication);
    }

    /** Tells the error listener, and returns the same error to be thrown; a listener that fails replaces no error. */
    HypervisorException tell(String operation, HypervisorException error) {
        try {
            errorListener.accept(operation, error);
        } catch (Throwable broken) {
            if (broken != error) {
                error.addSuppressed(broken);
            }
        }
        return error;
    }

    @Override
    public String toString() {
        return readOnly ? "read-only" : "read-write";
    }
}
