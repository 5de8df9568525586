/** Recordings: written in files of bounded size, and played again. */
@NullMarked
package dev.vireo.cli.record;

import org.jspecify.annotations.NullMarked;
