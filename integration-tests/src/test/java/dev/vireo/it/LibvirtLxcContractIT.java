package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.OpenOptions;
import dev.vireo.tck.Environment;
import dev.vireo.tck.Opening;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, kept by the passthrough with a container that is busy for ever. */
class LibvirtLxcContractIT extends LibvirtDriverContract {
    private static final String NO_TABLE =
            "the connection's table is made of libvirt's symbols; which of its drivers lacks what, libvirt says when asked";

    private static final String TRANSIENT =
            "the containers here are forgotten when they end; the one of QEMU's tests it";

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static @Nullable LibvirtContainer container;
    private static LibvirtContainer suspended;

    @BeforeAll
    static void suspendAContainer() throws IOException {
        suspended = SCENE.startContainer();
        changeSuspended(Domain::suspend);
    }

    /** A frozen container cannot be ended. */
    @AfterAll
    static void resumeIt() {
        changeSuspended(Domain::resume);
    }

    private static void changeSuspended(Consumer<Domain> change) {
        OpenOptions options = OpenOptions.defaults().readWrite();
        try (Connection connection = Connection.open(SCENE.daemon().containersUri(), options)) {
            change.accept(connection.getDomainByName(suspended.name()));
        }
    }

    @Override
    protected Opening opening() throws IOException {
        String uri = SCENE.daemon().containersUri();
        if (container == null || !isRunning(uri)) {
            container = SCENE.startContainer();
        }
        return Opening.of(uri);
    }

    private static boolean isRunning(String uri) {
        try (Connection connection = Connection.open(uri)) {
            return connection.findDomainByName(container.name()).isPresent();
        }
    }

    @Override
    String totalByVirsh() {
        return container.printedByVirsh("--total");
    }

    @Override
    protected Environment environment() {
        return Environment.standard()
                .withDomain(container.name())
                .withIdleDomain(suspended.name())
                .thatMayBeChanged()
                .withFailing(Opening.of("lxc+unix:///system?socket=/no-such-socket"))
                .withUntested("1.5", LIBVIRT_IS_HERE)
                .withUntested("7.7", TRANSIENT)
                .withUntested("7.8", TRANSIENT)
                .withDeviation("1.2", LIBVIRTS_URI)
                .withDeviation("5.1", NO_TABLE)
                .withDeviation("5.2", NO_TABLE)
                .withDeviation("5.3", NO_TABLE)
                .withDeviation("5.6", NO_TABLE)
                .withDeviation("5.7", NO_TABLE);
    }
}
