package dev.vireo;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Writes a debug line for each call and each error to the {@link System.Logger} named {@code dev.vireo}; with the system
 * property {@value #PROPERTY} set to {@code false}, none, for programs that are over sooner than a logger is found.
 */
final class CallLog {
    static final String NAME = "dev.vireo";

    static final String PROPERTY = "dev.vireo.log";

    private static final System.@Nullable Logger LOG =
            "false".equals(System.getProperty(PROPERTY)) ? null : System.getLogger(NAME);

    private CallLog() {}

    static void called(ConnectionUri uri, String what) {
        log("{0} on {1}", what, uri, "");
    }

    static void failed(ConnectionUri uri, HypervisorException error) {
        log("{0} on {1}: {2}", error.code(), uri, error);
    }

    private static void log(String format, Object what, ConnectionUri uri, Object error) {
        try {
            if (LOG != null && LOG.isLoggable(Level.DEBUG)) {
                LOG.log(Level.DEBUG, format, what, uri, error);
            }
        } catch (RuntimeException | Error broken) {
            // a logging backend that fails must not fail the call, which is counted as in flight already
        }
    }
}
