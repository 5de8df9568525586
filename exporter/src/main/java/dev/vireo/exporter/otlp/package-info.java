/**
 * Pushes the samples of {@code dev.vireo.monitor} to a receiver of OpenTelemetry's protocol, over HTTP.
 */
@NullMarked
package dev.vireo.exporter.otlp;

import org.jspecify.annotations.NullMarked;
