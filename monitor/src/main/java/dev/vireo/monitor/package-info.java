/**
 * Turns counters into the answer to "who uses which CPU now, and who waits": a {@link dev.vireo.monitor.Sampler} makes
 * {@link dev.vireo.monitor.Snapshot}s, two of which give {@link dev.vireo.monitor.Rates}.
 */
@NullMarked
package dev.vireo.monitor;

import org.jspecify.annotations.NullMarked;
