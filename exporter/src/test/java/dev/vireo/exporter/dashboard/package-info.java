/** Makes the Grafana dashboard out of the list of metrics, when the project is built. */
@NullMarked
package dev.vireo.exporter.dashboard;

import org.jspecify.annotations.NullMarked;
