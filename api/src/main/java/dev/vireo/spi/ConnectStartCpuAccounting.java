package dev.vireo.spi;

/** Implements {@link dev.vireo.Connection#startCpuAccounting()}. */
@FunctionalInterface
public interface ConnectStartCpuAccounting {
    /**
     * Makes the host count CPU time from now on, also when no connection is open. If it counts already, nothing happens.
     */
    void startCpuAccounting();
}
