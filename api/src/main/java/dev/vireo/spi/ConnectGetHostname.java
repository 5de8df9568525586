package dev.vireo.spi;

/** Implements {@link dev.vireo.Connection#getHostname()}. */
@FunctionalInterface
public interface ConnectGetHostname {
    /**
     * Returns the host's name.
     *
     * @return the name
     */
    String getHostname();
}
