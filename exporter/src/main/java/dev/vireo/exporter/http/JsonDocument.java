package dev.vireo.exporter.http;

import org.jspecify.annotations.Nullable;

/** Makes a JSON document for each request of it. Called by several threads at once. */
@FunctionalInterface
public interface JsonDocument {
    /**
     * Returns the document in UTF-8, which is not written to later; null if there is none yet, which is answered by 503.
     *
     * @throws InterruptedException if the server ends meanwhile
     */
    byte @Nullable [] json() throws InterruptedException;
}
