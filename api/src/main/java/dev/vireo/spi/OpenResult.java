package dev.vireo.spi;

import java.util.Objects;

/** Answers {@link HypervisorDriver#open}: opened, or declined with a reason. A failure is thrown instead. */
public sealed interface OpenResult {
    /**
     * Answers that the connection is open.
     *
     * @param session the connection, owned by the library from now on
     * @return the answer
     */
    static OpenResult opened(DriverSession session) {
        return new Opened(session);
    }

    /**
     * Answers that this host lacks what the driver needs, and that the next driver may be asked.
     *
     * @param reason what is lacking and what would help, for the user
     * @return the answer
     */
    static OpenResult declined(String reason) {
        return new Declined(reason);
    }

    /**
     * The connection is open.
     *
     * @param session the connection
     */
    record Opened(DriverSession session) implements OpenResult {
        /** Refuses null. */
        public Opened {
            Objects.requireNonNull(session, "session");
        }
    }

    /**
     * The driver cannot be used here.
     *
     * @param reason what is lacking and what would help
     */
    record Declined(String reason) implements OpenResult {
        /** Refuses null. */
        public Declined {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
