/**
 * The passthrough to libvirt: what is asked is handed on, what libvirt answers is handed back, its errors with their own
 * numbers and texts. {@code binding}, below, is the only package that touches native memory.
 */
@NullMarked
package dev.vireo.driver.libvirt;

import org.jspecify.annotations.NullMarked;
