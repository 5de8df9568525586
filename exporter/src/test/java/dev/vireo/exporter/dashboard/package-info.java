/** Makes the Grafana dashboard out of the list of metrics, and compares it with the file that is delivered. */
@NullMarked
package dev.vireo.exporter.dashboard;

import org.jspecify.annotations.NullMarked;
