/** The build's own rules, seen to fire. */
@NullMarked
package dev.vireo.it.build;

import org.jspecify.annotations.NullMarked;
