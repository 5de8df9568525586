/**
 * What callers use: open a {@link dev.vireo.Connection} by URI, find a {@link dev.vireo.Domain}, ask for its CPU times.
 *
 * <p>The words are libvirt's: a <em>domain</em> is a virtual machine, the <em>node</em> is the host, a <em>driver</em>
 * is a hypervisor backend. Times are nanoseconds unless a name says otherwise. Every failure is a
 * {@link dev.vireo.HypervisorException} with libvirt's error code; a {@code null} where none is allowed is an ordinary
 * {@link NullPointerException}.
 */
@NullMarked
package dev.vireo;

import org.jspecify.annotations.NullMarked;
