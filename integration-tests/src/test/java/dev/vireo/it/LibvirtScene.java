package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.OpenOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * A private libvirtd and its guests for all tests of a class, since a daemon and a guest take half a second each. They end
 * with the class, and with the JVM; a failure shows what the daemon said.
 */
final class LibvirtScene implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {
    private final LibvirtHierarchy hierarchy;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<String> guests = new ArrayList<>();
    private LibvirtDaemon daemon;

    LibvirtScene(LibvirtHierarchy hierarchy) {
        this.hierarchy = hierarchy;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Requirements.libvirtDaemon();
        hierarchy.require();
        opened(() -> LeftoverGroups.remove(guests));
        daemon = startDaemon(LibvirtConfiguration.socketOnly());
    }

    /** Returns the daemon that is reached by its socket alone. */
    LibvirtDaemon daemon() {
        return daemon;
    }

    LibvirtDaemon startDaemon(LibvirtConfiguration configuration) throws IOException {
        return opened(LibvirtDaemon.start(hierarchy, configuration));
    }

    /** Starts a guest that libvirt forgets when it ends. */
    LibvirtGuest start(GuestSpec spec) throws IOException {
        guests.add(spec.name());
        return LibvirtGuest.create(daemon, spec);
    }

    /** Defines a guest that stays known when it does not run; it does not run yet. */
    LibvirtGuest define(GuestSpec spec) throws IOException {
        guests.add(spec.name());
        return LibvirtGuest.define(daemon, spec);
    }

    /** Starts a container that is busy for ever. */
    LibvirtContainer startContainer() throws IOException {
        Requirements.requireFile(Path.of("/usr/lib/libvirt/libvirt_lxc"), "libvirt-daemon-driver-lxc");
        String name = UniqueNames.next();
        guests.add(name);
        return LibvirtContainer.create(daemon, name);
    }

    Connection connect() {
        return Connection.open(daemon.uri());
    }

    Connection connectToWrite() {
        return Connection.open(daemon.uri(), OpenOptions.defaults().readWrite());
    }

    Path directory(String prefix) throws IOException {
        return opened(TemporaryDirectory.create(prefix)).path();
    }

    /** Closes a resource with the class. */
    <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (!isAborted(failure)) {
            failure.addSuppressed(new Throwable(daemon.errors()));
        }
        throw failure;
    }

    private static boolean isAborted(Throwable failure) {
        return failure instanceof TestAbortedException;
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Exception failure = null;
        for (AutoCloseable next = open.poll(); next != null; next = open.poll()) {
            try {
                next.close();
            } catch (Exception | AssertionError failed) {
                failure = failure == null ? new IOException("could not clean up", failed) : failure;
                failure.addSuppressed(failed);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
