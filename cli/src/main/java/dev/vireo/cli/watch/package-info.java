/** What commands share that show more than one moment. */
@NullMarked
package dev.vireo.cli.watch;

import org.jspecify.annotations.NullMarked;
