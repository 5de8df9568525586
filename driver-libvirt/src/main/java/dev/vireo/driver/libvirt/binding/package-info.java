/**
 * libvirt's library: libvirt-java's mapping where it is right, direct mapping over raw memory where a call is hot, is
 * missing there or is wrong there. Loaded when a connection opens, never before.
 */
@NullMarked
package dev.vireo.driver.libvirt.binding;

import org.jspecify.annotations.NullMarked;
