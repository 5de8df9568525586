/** Serves the samples of {@code monitor} to Prometheus, OpenTelemetry and a browser. */
@NullMarked
package dev.vireo.exporter;

import org.jspecify.annotations.NullMarked;
