package dev.vireo.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was begun, the last first: at the end, after a failure, and when this JVM is told to end. */
final class Cleanup implements AutoCloseable {
    private final Deque<AutoCloseable> begun = new ArrayDeque<>();
    private boolean ended;
    private final Thread hook = new Thread(this::closeAll, "cleanup");

    Cleanup() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    synchronized <T extends AutoCloseable> T add(T resource) throws Exception {
        if (ended) {
            resource.close();
            throw new IllegalStateException("ending");
        }
        begun.push(resource);
        return resource;
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // then the hook finds nothing left to do
        }
    }

    private synchronized void closeAll() {
        ended = true;
        while (!begun.isEmpty()) {
            try {
                begun.pop().close();
            } catch (Exception failed) {
                System.err.println("left behind: " + failed);
            }
        }
    }
}
