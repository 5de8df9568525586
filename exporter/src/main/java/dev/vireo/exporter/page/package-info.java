/** What the live page is fed with: frames of rates, the history of the last ten minutes, and the documented snapshot, as JSON. */
@NullMarked
package dev.vireo.exporter.page;

import org.jspecify.annotations.NullMarked;
