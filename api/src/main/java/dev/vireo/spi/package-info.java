/**
 * What driver authors use: implement {@link dev.vireo.spi.HypervisorDriver}, fill a
 * {@link dev.vireo.spi.DriverTable}, leave out what the hypervisor cannot do.
 *
 * <p>A driver is found by {@link java.util.ServiceLoader}: name it in {@code module-info.java} ({@code provides}) and in
 * {@code META-INF/services}, so that it is seen on the module path and on the class path. The core checks arguments,
 * closes sessions and answers {@code NO_SUPPORT} for absent entries; a driver only does the work.
 */
@NullMarked
package dev.vireo.spi;

import org.jspecify.annotations.NullMarked;
