/**
 * The {@code vireo} command: {@code list}, {@code cpu-stats}, {@code vcpus}, {@code node}, {@code top}, {@code drivers},
 * {@code completion}.
 *
 * <p>A process that lives for a few milliseconds: options are described by plain code instead of annotations, only the
 * command that was asked for is described at all, and what {@code cpu-stats} runs through needs no lambda, stream or
 * pattern.
 */
@NullMarked
package dev.vireo.cli;

import org.jspecify.annotations.NullMarked;
