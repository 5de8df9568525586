package dev.vireo.spi;

/** Implements {@link dev.vireo.Connection#stopCpuAccounting()}. */
@FunctionalInterface
public interface ConnectStopCpuAccounting {
    /** Ends what {@link ConnectStartCpuAccounting} began and leaves nothing behind. */
    void stopCpuAccounting();
}
