package dev.vireo.driver.libvirt;

import dev.vireo.driver.libvirt.binding.NativeConnection;

/**
 * The way to the daemon of a session.
 *
 * @param main the connection that tells whether the daemon is still there
 * @param sides its further connections
 */
record ConnectionLine(NativeConnection main, SideConnections sides) implements Line {
    @Override
    public boolean isAlive() {
        return main.isAlive();
    }

    @Override
    public void shutDown() {
        main.shutDown();
        sides.shutDown();
    }
}
