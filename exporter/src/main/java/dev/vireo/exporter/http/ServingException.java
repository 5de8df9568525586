package dev.vireo.exporter.http;

import org.jspecify.annotations.Nullable;

/** Says why the server does not start: what is wrong, where, and what to do about it. The message is for users. */
public final class ServingException extends Exception {
    private static final long serialVersionUID = 1L;

    ServingException(String message) {
        this(message, null);
    }

    ServingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
