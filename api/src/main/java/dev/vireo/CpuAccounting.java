package dev.vireo;

import java.time.Instant;
import java.util.Optional;

/**
 * Tells whether the host keeps counting CPU time between connections.
 *
 * @param running whether it counts
 * @param since when it began to, empty if it does not count or the time is not known
 * @param detail a sentence: how it counts, or why it does not
 */
public record CpuAccounting(boolean running, Optional<Instant> since, String detail) {}
