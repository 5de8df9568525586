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

    private static final String ONE_DOMAIN = "it has one domain, which each connection has for itself";

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
                .withFailing(Opening.of("libvirt:test:///no-such-file.xml"))
                .withUntested("1.5", LibvirtDriverContract.LIBVIRT_IS_HERE)
                .withUntested("4.7", ONE_DOMAIN)
                .withUntested("7.7", ONE_DOMAIN)
                .withUntested("7.8", ONE_DOMAIN)
                .withDeviation("1.2", LibvirtDriverContract.LIBVIRTS_URI)
                .withDeviation("3.3", ANOTHER_HOST)
                .withDeviation("3.8", ANOTHER_HOST)
                .withDeviation("4.3", CONSTANT)
                .withDeviation("5.3", CONSTANT)
                .withDeviation("6.2", ANOTHER_HOST)
                .withDeviation("6.7", CONSTANT)
                .withDeviation("7.1", "its info tells the time of day for the domain's CPU time")
                .withDeviation("7.2", "it has an error for suspending what is suspended")
                .withDeviation("6.3", "it gives times for whatever CPU it is asked for");
    }
}
