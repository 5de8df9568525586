package dev.vireo.driver.libvirt;

import dev.vireo.driver.libvirt.binding.NativeConnection;

/**
 * The way to the daemon of a connection.
 *
 * @param connection the connection
 */
record ConnectionLine(NativeConnection connection) implements Line {
    @Override
    public boolean isAlive() {
        return connection.isAlive();
    }

    @Override
    public void shutDown() {
        connection.shutDown();
    }
}
