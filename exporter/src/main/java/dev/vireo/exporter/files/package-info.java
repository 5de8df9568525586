/** The small files that an exporter is set up with. */
@NullMarked
package dev.vireo.exporter.files;

import org.jspecify.annotations.NullMarked;
