/** Listens, and answers what is asked over HTTP. */
@NullMarked
package dev.vireo.exporter.http;

import org.jspecify.annotations.NullMarked;
