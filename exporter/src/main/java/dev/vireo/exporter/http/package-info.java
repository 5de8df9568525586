/**
 * The web server of {@code vireo serve}: what it answers with is handed in; who may ask, and how much of the server one
 * client can take up, is decided here.
 */
@NullMarked
package dev.vireo.exporter.http;

import org.jspecify.annotations.NullMarked;
