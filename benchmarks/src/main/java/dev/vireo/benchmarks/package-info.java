/** Measures what the design promises. Timings are measured here and never asserted in a test. */
@NullMarked
package dev.vireo.benchmarks;

import org.jspecify.annotations.NullMarked;
