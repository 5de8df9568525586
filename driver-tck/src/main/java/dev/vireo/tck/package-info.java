/**
 * The contract of hypervisor drivers as tests. {@link dev.vireo.tck.DriverContract} says how a driver is put to them; the rules
 * are numbered, and {@code docs/driver-contract.md} lists them.
 */
@NullMarked
package dev.vireo.tck;

import org.jspecify.annotations.NullMarked;
