package dev.vireo.spi;

import dev.vireo.CpuAccounting;

/** Implements {@link dev.vireo.Connection#getCpuAccounting()}. */
@FunctionalInterface
public interface ConnectGetCpuAccounting {
    /**
     * Tells whether the host counts.
     *
     * @return what counts, and since when
     */
    CpuAccounting getCpuAccounting();
}
