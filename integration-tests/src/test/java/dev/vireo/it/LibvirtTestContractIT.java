package dev.vireo.it;

import dev.vireo.Domain;
import dev.vireo.tck.DriverContract;
import dev.vireo.tck.Environment;
import dev.vireo.tck.Opening;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;

/** The contract, kept by the passthrough to libvirt's own test driver, whose times never change. */
class LibvirtTestContractIT extends DriverContract {
    private static final String CONSTANT = "libvirt's test driver has constants for times";

    private static final String ANOTHER_HOST = "it invents its host's CPUs anew in each of its functions";

    @BeforeAll
    static void libvirtIsThere() {
        Requirements.requireProgram("virsh", "libvirt-clients");
    }

    @Override
    protected Opening opening() {
        return Opening.of("libvirt:test:///default");
    }

    @Override
    protected Duration use(Domain domain, Duration time) {
        return time;
    }

    @Override
    protected Environment environment() {
        return Environment.standard()
                .withDomain("test")
                .thatMayBeChanged()
                .withDeviation("1.2", LibvirtDriverContract.LIBVIRTS_URI)
                .withDeviation("3.3", ANOTHER_HOST)
                .withDeviation("3.8", ANOTHER_HOST)
                .withDeviation("4.3", CONSTANT)
                .withDeviation("5.3", CONSTANT)
                .withDeviation("6.2", ANOTHER_HOST)
                .withDeviation("6.3", "it gives times for whatever CPU it is asked for");
    }
}
