package dev.vireo.it;

import static dev.vireo.it.ServedPages.domain;
import static dev.vireo.it.ServedPages.hypervisor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Statistic;
import dev.vireo.driver.test.TestHypervisor;
import dev.vireo.exporter.http.ListenAddress;
import dev.vireo.exporter.http.WebServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whether what the live page shows is of now and all that there is, and how it says that it is not. */
@Tag("soak")
class LivePageStateIT {
    @RegisterExtension
    final Browser browser = new Browser();

    private final ShownPage page = new ShownPage(browser);

    @RegisterExtension
    final ServedPages served = new ServedPages(page);

    @Test
    void whatIsUnavailableIsNoZeroAndHasItsReason() throws IOException {
        TestHypervisor hypervisor = hypervisor(4, domain("web", 2));
        hypervisor.faults().unavailable(Statistic.VCPU_DELAY, "the kernel keeps no schedstats");
        served.show(hypervisor);
        assertEquals("—", page.cell("web", "delay").orElseThrow());
        assertEquals("—", page.text("tile-steal"));
        page.awaitText("missing", "Steal unavailable for all domains: the kernel keeps no schedstats");
        page.click("web");
        page.await(
                "the reason",
                () -> page.rows("detail-times")
                        .toString()
                        .contains("Steal unavailable: the kernel keeps no schedstats"));
        browser.picture("unavailable");
        assertEquals(List.of(), browser.barriers());
        browser.assertNoComplaints();
    }

    @Test
    void aHypervisorThatIsLostIsSaidAndThenForgotten() throws IOException {
        TestHypervisor hypervisor = hypervisor(2, domain("web", 1));
        served.show(hypervisor);
        hypervisor.faults().disconnect();
        page.awaitText("alert", "The hypervisor is not read: ");
        page.awaitText("status-text", "Stale");
        assertTrue(page.names().contains("web"), "the last numbers stay");
        browser.picture("stale");
        hypervisor.faults().clear();
        page.awaitText("status-text", "Live");
        assertTrue(page.text("alert").isEmpty());
        browser.assertNoComplaints();
    }

    @Test
    void anExporterThatIsGoneIsSaidAndItsReturnIsNoticed() throws IOException {
        TestHypervisor hypervisor = hypervisor(2, domain("web", 1));
        PageServer first = served.serve(hypervisor);
        browser.open(first.uri());
        page.awaitText("status-text", "Live");
        int port = first.port();
        first.close();
        page.awaitText("alert", "The connection to the exporter is lost. Trying again.");
        page.awaitText("status-text", "Reconnecting");
        browser.picture("reconnecting");
        served.serve(hypervisor, port);
        page.awaitText("status-text", "Live");
        page.await("rates again", () -> page.number("web", "cpu") > 90);
        assertTrue(
                browser.complaints().stream().allMatch(each -> each.contains("ERR_")),
                () -> browser.complaints().toString());
    }

    /** The browser gives up on a stream that is answered, and refused. */
    @Test
    void anExporterThatRefusesIsAskedAgain() throws Exception {
        TestHypervisor hypervisor = hypervisor(2, domain("web", 1));
        PageServer first = served.serve(hypervisor);
        browser.open(first.uri());
        page.awaitText("status-text", "Live");
        int port = first.port();
        first.close();
        try (WebServer refusing =
                WebServer.builder().listen(new ListenAddress("127.0.0.1", port)).start()) {
            page.awaitText("alert", "does not let this page in");
            assertEquals(port, refusing.port());
        }
        served.serve(hypervisor, port);
        page.awaitText("status-text", "Live");
    }

    /** Nobody watched before, and yet the lines do not begin now. */
    @Test
    void whatWasBeforeThePageWasOpenedIsInItsLines() throws IOException {
        TestHypervisor hypervisor = hypervisor(2, domain("web", 1));
        PageServer server = served.serve(hypervisor);
        browser.open(server.uri());
        page.awaitFrames(4);
        browser.driver().navigate().refresh();
        page.await(
                "a point for each sample but the first",
                () -> page.mark("points") >= 5 && page.mark("points") >= page.mark("seq") - 2);
        browser.assertNoComplaints();
    }

    @Test
    void whatIsPausedStandsStillUntilItGoesOn() throws IOException {
        served.show(hypervisor(2, domain("web", 1)));
        page.part("pause").click();
        page.awaitText("status-text", "Paused at");
        long drawn = page.mark("seq");
        long received = page.mark("received");
        page.await("frames come all the same", () -> page.mark("received") >= received + 2);
        assertEquals(drawn, page.mark("seq"));
        page.part("pause").click();
        page.awaitFrames(1);
        page.awaitText("status-text", "Live");
        browser.assertNoComplaints();
    }
}
