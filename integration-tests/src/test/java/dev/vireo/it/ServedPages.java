package dev.vireo.it;

import dev.vireo.Connection;
import dev.vireo.Drivers;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.HypervisorConfiguration;
import dev.vireo.driver.test.TestDriver;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.exporter.http.WebServerBuilder;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The pages of hypervisors in memory that one test serves; they end with it. */
final class ServedPages implements AfterEachCallback {
    private final ShownPage page;
    private final List<PageServer> servers = new ArrayList<>();

    ServedPages(ShownPage page) {
        this.page = page;
    }

    static TestHypervisor hypervisor(int cpus, DomainConfiguration... domains) {
        HypervisorConfiguration.Builder builder =
                HypervisorConfiguration.builder().cpus(cpus);
        List.of(domains).forEach(builder::domain);
        return new TestHypervisor(builder.build());
    }

    static DomainConfiguration domain(String name, int vcpus) {
        return DomainConfiguration.named(name).withVcpus(vcpus);
    }

    PageServer serve(TestHypervisor hypervisor) throws IOException {
        return serve(hypervisor, 0);
    }

    /** Serves on a port that somebody knows already. */
    PageServer serve(TestHypervisor hypervisor, int port) throws IOException {
        return serve(hypervisor, port, InstantSource.system());
    }

    /** Serves as the server is set up. */
    PageServer serve(TestHypervisor hypervisor, WebServerBuilder setUp) throws IOException {
        PageServer server = PageServer.over(() -> connect(hypervisor), setUp);
        servers.add(server);
        return server;
    }

    /** Serves with another clock on the wall. */
    PageServer serve(TestHypervisor hypervisor, int port, InstantSource wallClock) throws IOException {
        PageServer server = PageServer.over(() -> connect(hypervisor), port, wallClock);
        servers.add(server);
        return server;
    }

    private static Connection connect(TestHypervisor hypervisor) {
        return Drivers.none().with(new TestDriver(hypervisor)).open("test:///default");
    }

    /** Serves a page and opens it, and waits for the first rates. */
    void show(TestHypervisor hypervisor) throws IOException {
        page.open(serve(hypervisor).uri());
        page.awaitText("status-text", "Live");
        page.await("rates are shown", () -> page.text("tile-used").matches("[0-9.,]+"));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        servers.forEach(PageServer::close);
    }
}
