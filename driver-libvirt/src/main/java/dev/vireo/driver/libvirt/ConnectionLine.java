package dev.vireo.driver.libvirt;

import dev.vireo.driver.libvirt.binding.NativeConnection;
import org.jspecify.annotations.Nullable;

/** The way to the daemon of a session: its connections, of which the one that is watched knows first when it is broken. */
final class ConnectionLine implements Line {
    private final NativeConnection main;
    private final SideConnections sides;
    private volatile @Nullable NativeConnection watched;

    ConnectionLine(NativeConnection main, SideConnections sides) {
        this.main = main;
        this.sides = sides;
    }

    void setWatched(NativeConnection connection) {
        watched = connection;
    }

    @Override
    public boolean isAlive() {
        NativeConnection other = watched;
        return main.isAlive() && (other == null || other.isAlive());
    }

    @Override
    public void shutDown() {
        main.shutDown();
        sides.shutDown();
        NativeConnection other = watched;
        if (other != null) {
            other.shutDown();
        }
    }
}
