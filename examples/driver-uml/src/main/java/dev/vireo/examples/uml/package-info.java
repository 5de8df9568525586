/**
 * A driver for User-mode Linux: {@link UmlDriver} opens a {@link UmlSession}, which finds guests in a {@link
 * UmlDirectory} and reads their {@link CpuStatistics}.
 */
@NullMarked
package dev.vireo.examples.uml;

import org.jspecify.annotations.NullMarked;
