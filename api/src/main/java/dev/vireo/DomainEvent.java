package dev.vireo;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happened to a domain: libvirt's {@code virDomainEventType}. Immutable and thread-safe.
 */
public final class DomainEvent {
    /** Names what happened. */
    public enum Type {
        /** The domain was defined. */
        DEFINED,
        /** The domain's definition was removed. */
        UNDEFINED,
        /** The domain started: a new run, a new id. */
        STARTED,
        /** The domain was paused. */
        SUSPENDED,
        /** The domain goes on. */
        RESUMED,
        /** The domain ended. */
        STOPPED,
        /** The guest has shut down; its process may still be there. */
        SHUTDOWN,
        /** The guest suspended itself. */
        PMSUSPENDED,
        /** The domain crashed. */
        CRASHED,
        /** Events came faster than they were taken, and some are lost: list the domains again. It has no domain. */
        EVENTS_LOST
    }

    private final Type type;
    private final @Nullable Domain domain;

    DomainEvent(Type type, @Nullable Domain domain) {
        this.type = Objects.requireNonNull(type, "type");
        this.domain = domain;
    }

    /**
     * Returns what happened.
     *
     * @return the type
     */
    public Type type() {
        return type;
    }

    /**
     * Returns whom it happened to.
     *
     * @return the domain
     * @throws IllegalStateException for {@link Type#EVENTS_LOST}, which is about none
     */
    public Domain domain() {
        if (domain == null) {
            throw new IllegalStateException("an event of type " + type + " has no domain");
        }
        return domain;
    }

    @Override
    public String toString() {
        return domain == null ? type.toString() : type + " " + domain;
    }
}
