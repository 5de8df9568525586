package dev.vireo.monitor;

import dev.vireo.Connection;
import dev.vireo.HypervisorException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots of a connection. One that was lost is opened again by the next {@link #next}; its domains are other runs
 * then, which have no rates yet. Not for several threads
 * at once.
 */
public final class LiveSource implements SnapshotSource {
    private final Supplier<Connection> opener;
    private final UnaryOperator<SamplerBuilder> how;
    private @Nullable Connection connection;
    private @Nullable Sampler sampler;

    /**
     * Makes a source.
     *
     * @param first the connection to begin with, which the source closes
     * @param opener opens another one where that was lost
     * @param how sets up the sampler of each connection
     */
    public LiveSource(Connection first, Supplier<Connection> opener, UnaryOperator<SamplerBuilder> how) {
        this.opener = opener;
        this.how = how;
        connection = first;
    }

    /**
     * Reads the running domains.
     *
     * @return the snapshot, never null
     * @throws HypervisorException if they could not be listed or the connection could not be opened; the next call tries again
     */
    @Override
    public Snapshot next() throws InterruptedException {
        try {
            return sampler().sample();
        } catch (HypervisorException failure) {
            if (isLost(failure)) {
                close();
            }
            throw failure;
        }
    }

    private Sampler sampler() {
        if (connection == null) {
            connection = opener.get();
        }
        if (sampler == null) {
            sampler = how.apply(Sampler.over(connection)).build();
        }
        return sampler;
    }

    /** libvirt calls its dead socket an internal error, so that the connection is asked, too. */
    private boolean isLost(HypervisorException failure) {
        return switch (failure.code()) {
            case RPC, INVALID_CONN, NO_CONNECT -> true;
            default -> connection != null && !connection.isAlive();
        };
    }

    @Override
    public void close() {
        if (sampler != null) {
            sampler.close();
            sampler = null;
        }
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
