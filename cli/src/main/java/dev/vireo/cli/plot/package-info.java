/**
 * Pictures of recordings. JFreeChart lays them out; it and AWT are loaded by {@code vireo plot} alone. The SVG writer is our own
 * small one: JFreeSVG is under the GPL, and asks the system's fonts how wide a text is, which a server has none of.
 */
@NullMarked
package dev.vireo.cli.plot;

import org.jspecify.annotations.NullMarked;
