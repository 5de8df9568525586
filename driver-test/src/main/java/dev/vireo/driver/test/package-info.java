/**
 * An in-memory hypervisor behind {@code test:///default}: a real driver with invented numbers, which are exact to the
 * nanosecond under an injected clock.
 *
 * <p>Tests make a {@link dev.vireo.driver.test.TestHypervisor}, hand it to a {@link dev.vireo.driver.test.TestDriver} and
 * change the hypervisor's domains while a connection looks at them.
 */
@NullMarked
package dev.vireo.driver.test;

import org.jspecify.annotations.NullMarked;
