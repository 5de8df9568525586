package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.tck.Environment;
import dev.vireo.tck.Opening;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, kept by the passthrough with a container that is busy for ever. */
class LibvirtLxcContractIT extends LibvirtDriverContract {
    private static final String NO_TABLE =
            "the connection's table is made of libvirt's symbols; which of its drivers lacks what, libvirt says when asked";

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static @Nullable LibvirtContainer container;

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
                .thatMayBeChanged()
                .withDeviation("1.2", LIBVIRTS_URI)
                .withDeviation("5.1", NO_TABLE)
                .withDeviation("5.2", NO_TABLE)
                .withDeviation("5.3", NO_TABLE)
                .withDeviation("5.6", NO_TABLE)
                .withDeviation("5.7", NO_TABLE);
    }
}
