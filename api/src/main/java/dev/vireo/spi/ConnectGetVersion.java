package dev.vireo.spi;

import dev.vireo.HypervisorVersion;

/** Implements {@link dev.vireo.Connection#getVersion()}. */
@FunctionalInterface
public interface ConnectGetVersion {
    /**
     * Returns the hypervisor's version.
     *
     * @return the version
     */
    HypervisorVersion getVersion();
}
