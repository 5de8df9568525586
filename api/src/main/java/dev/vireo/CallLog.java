package dev.vireo;

import java.lang.System.Logger.Level;

/** Writes a debug line for each call and each error to the {@link System.Logger} named {@code dev.vireo}. */
final class CallLog {
    static final String NAME = "dev.vireo";

    private static final System.Logger LOG = System.getLogger(NAME);

    private CallLog() {}

    static void called(ConnectionUri uri, String what) {
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, "{0} on {1}", what, uri);
        }
    }

    static void failed(ConnectionUri uri, HypervisorException error) {
        if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, "{0} on {1}: {2}", error.code(), uri, error.getMessage());
        }
    }
}
