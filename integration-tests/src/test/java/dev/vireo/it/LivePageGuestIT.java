package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The live page of this host, with real guests on it and whoever else runs here. */
class LivePageGuestIT {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>'\"&";

    @RegisterExtension
    final Scene scene = new Scene();

    @RegisterExtension
    final Browser browser = new Browser();

    private final ShownPage page = new ShownPage(browser);

    private static Connection connect() {
        return Connection.open(RealGuestContract.URI);
    }

    @Test
    void aGuestAppearsSpinsPausesAndVanishes() throws Exception {
        scene.spinner();
        try (PageServer server = PageServer.over(LivePageGuestIT::connect)) {
            browser.open(server.uri());
            page.awaitText("status-text", "Live");
            GuestSpec spec = GuestSpec.of(GuestRom.SPINS).withVcpus(2).withMonitor();
            page.search(spec.name());
            page.awaitText("empty", "No domain");
            PlacedGuest guest = scene.libvirtGuest(CgroupVersion.V1, LibvirtLayout.SYSTEMD, spec);
            page.await("it spins", () -> page.number(spec.name(), "cpu") > 20);
            page.await("it waits, as the CPUs are not its own", () -> page.number(spec.name(), "delay") > 1);
            assertEquals("2", page.cell(spec.name(), "vcpuCount").orElseThrow());
            browser.run("document.getElementById('heat').focus()");
            page.awaitFrames(8);
            browser.picture("guest-spins");
            page.click(spec.name());
            page.awaitText("detail-sources", "cpuacct.usage");
            browser.picture("guest-detail");
            page.press(Keys.ESCAPE);
            guest.guest().monitor().pause();
            page.await("it is at rest", () -> page.number(spec.name(), "cpu") < 1);
            browser.picture("guest-paused");
            guest.guest().kill();
            page.awaitText("empty", "No domain");
            page.search("");
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test
    void aGuestWithAHostileNameDoesNothing() throws Exception {
        GuestSpec plain = GuestSpec.of(GuestRom.SPINS);
        String name = HOSTILE + plain.name();
        GuestSpec spec = new GuestSpec(
                name,
                plain.uuid(),
                1,
                plain.rom(),
                plain.accelerator(),
                plain.memoryMib(),
                plain.namesThreads(),
                plain.hasMonitor());
        try (PageServer server = PageServer.over(LivePageGuestIT::connect)) {
            browser.open(server.uri());
            scene.serviceGuest(CgroupVersion.V1, spec);
            page.await("rates", () -> page.text("tile-used").matches("[0-9.,]+"));
            page.search(plain.name());
            page.await("it spins", () -> page.number(name, "cpu") > 10);
            assertTrue(page.names().contains(name), () -> page.names().toString());
            assertEquals(List.of(), browser.complaints());
        }
    }
}
