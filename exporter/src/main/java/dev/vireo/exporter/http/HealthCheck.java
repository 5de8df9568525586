package dev.vireo.exporter.http;

import org.jspecify.annotations.Nullable;

/** Tells whether something is as it should be. Never waits; called by several threads at once. */
@FunctionalInterface
public interface HealthCheck {
    /** Returns what is wrong, in one line, or null if nothing is. */
    @Nullable String problem();
}
