package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.exporter.otlp.HostIdentity;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells which host a connection's is, and whether it is the one that the command runs on. */
final class ThisHost {
    /** Nothing is served before that is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private ThisHost() {}

    static boolean isHostOf(Connection connection) {
        return identity(connection).isThis();
    }

    /** Returns what the hypervisor says; one that fails or does not answer in time has said nothing. */
    static HostIdentity identity(Connection connection) {
        return HostIdentity.of(told(connection::getHostname, PATIENCE));
    }

    /** Asks on a thread of its own, which is left to itself if the hypervisor hangs. */
    static @Nullable String told(Supplier<String> hypervisor, Duration patience) {
        CompletableFuture<String> name = CompletableFuture.supplyAsync(hypervisor, ThisHost::start);
        try {
            return name.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException notTold) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static void start(Runnable asking) {
        Thread thread = new Thread(asking, "vireo-hostname");
        thread.setDaemon(true);
        thread.start();
    }
}
