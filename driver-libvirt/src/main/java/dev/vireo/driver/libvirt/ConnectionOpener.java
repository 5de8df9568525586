package dev.vireo.driver.libvirt;

import dev.vireo.OpenOptions;
import dev.vireo.driver.libvirt.binding.NativeConnection;
import java.time.Duration;
import java.util.Optional;

/** Opens the connections of a session, the first and the further ones alike. Thread-safe. */
final class ConnectionOpener {
    private final LibvirtUri uri;
    private final boolean readOnly;
    private final Optional<RememberedAnswers> answers;

    ConnectionOpener(LibvirtUri uri, OpenOptions options) {
        this.uri = uri;
        this.readOnly = options.isReadOnly();
        this.answers = options.authentication().map(RememberedAnswers::new);
    }

    /** Opens the first connection. */
    NativeConnection openFirst() {
        try {
            NativeConnection connection = openWithin(uri.timeout());
            answers.ifPresent(RememberedAnswers::setRight);
            return connection;
        } catch (RuntimeException | Error failed) {
            forget();
            throw failed;
        }
    }

    /** Opens one that delivers events. */
    NativeConnection openWatched() {
        return open(true);
    }

    /** Opens a further one; a daemon that has stopped answering meanwhile holds nobody up for ever. */
    NativeConnection openFurther() {
        return openWithin(uri.timeout().or(uri::patience));
    }

    private NativeConnection open(boolean isWatched) {
        NativeConnection connection = NativeConnection.open(uri.text(), readOnly, isWatched, answers.orElse(null));
        try {
            // libvirt.conf may have switched it on; there is a heartbeat instead
            connection.switchKeepAliveOff();
            return connection;
        } catch (RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    /** Opens a connection, which is closed if it comes too late. */
    private NativeConnection openWithin(Optional<Duration> limit) {
        Calls opening = new Calls(limit, Line.NONE);
        try {
            return opening.run("opening", () -> open(false), NativeConnection::close);
        } finally {
            opening.end();
        }
    }

    /** Forgets what it was told to prove who is calling; no more can be opened that needs it. */
    void forget() {
        answers.ifPresent(RememberedAnswers::forget);
    }
}
