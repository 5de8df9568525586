package dev.vireo.exporter.http;

import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Decides whether a request is answered at all. Thread-safe. */
@FunctionalInterface
interface RequestCheck {
    /** Returns why it is not, or null if it is. */
    @Nullable Refusal refuse(Request request) throws InterruptedException;
}
