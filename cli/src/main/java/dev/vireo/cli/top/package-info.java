/**
 * {@code vireo top}: who uses which CPU now, and who waits. What is shown is made by pure functions of rates and settings, as
 * lines of an exact size; {@link dev.vireo.cli.top.TopTerminal} alone knows the terminal, and {@link dev.vireo.cli.top.Feed}
 * where snapshots come from. JLine is loaded by this package and by nothing else.
 */
@NullMarked
package dev.vireo.cli.top;

import org.jspecify.annotations.NullMarked;
