package dev.vireo.it;

import static dev.vireo.it.ServedPages.domain;
import static dev.vireo.it.ServedPages.hypervisor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.TestHypervisor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Whether the lines of the live page go on whatever happens to domains, clocks and connections. */
@Tag("soak")
class LivePageLinesIT {
    /** Asks at once, and gives the answer when the test says so. */
    private static final String HOLD_ANSWERS_BACK =
            "const ask = window.fetch; window.fetch = (...all) => { const answer = ask(...all);"
                    + "return new Promise((resolve) => { window.goOn = () => resolve(answer); }); };";

    @RegisterExtension
    final Browser browser = new Browser();

    private final ShownPage page = new ShownPage(browser);

    @RegisterExtension
    final ServedPages served = new ServedPages(page);

    private int lines() {
        return browser.driver().findElements(By.cssSelector("#legend li")).size();
    }

    private void tick(int row) {
        WebElement box = browser.driver()
                .findElements(By.cssSelector("#rows tr.domain input"))
                .get(row);
        box.click();
    }

    @Test
    void whenThoseThatWerePickedAreGoneTheBusiestAreShown() throws IOException {
        TestHypervisor hypervisor = hypervisor(4, domain("a", 2), domain("b", 1));
        served.show(hypervisor);
        tick(0);
        page.awaitText("lines-note", "1 picked");
        hypervisor.domain("a").end();
        page.awaitText("lines-note", "the busiest of the last minute");
        assertEquals(1, lines());
        assertTrue(!page.part("lines-clear").isDisplayed(), "nothing is picked any more");
        browser.assertNoComplaints();
    }

    @Test
    void ofMoreThanCanBeShownItSaysHowManyAre() throws IOException {
        served.show(hypervisor(
                16, IntStream.range(0, 10).mapToObj(i -> domain("vm-" + i, 1)).toArray(DomainConfiguration[]::new)));
        for (int row = 0; row < 10; row++) {
            tick(row);
        }
        page.awaitText("lines-note", "10 picked, the first 8 shown");
        assertEquals(8, lines());
        browser.assertNoComplaints();
    }

    @Test
    void theyGoOnWhenTheClockIsSetBackAndWhenThePageIsOpenedAfterwards() throws IOException {
        AtomicReference<Duration> difference = new AtomicReference<>(Duration.ZERO);
        PageServer server = served.serve(
                hypervisor(2, domain("web", 1)), 0, () -> Instant.now().plus(difference.get()));
        browser.open(server.uri());
        page.await("some points", () -> page.mark("points") >= 4);
        difference.set(Duration.ofHours(-1));
        page.await("the points from there on", () -> page.mark("points") < 4 && page.mark("points") > 0);
        page.await("more of them", () -> page.mark("points") >= 3);
        browser.driver().navigate().refresh();
        page.await("no others", () -> page.mark("points") >= 3 && page.mark("points") <= page.mark("seq") - 4);
        browser.assertNoComplaints();
    }

    /** With the history that is on its way for long, there is a point for each sample but the first, which has no rates. */
    @Test
    void noFrameIsLostWhileTheHistoryIsOnItsWay() throws IOException {
        TestHypervisor hypervisor = hypervisor(2, domain("web", 1));
        PageServer first = served.serve(hypervisor);
        browser.open(first.uri());
        page.await("some points", () -> page.mark("points") >= 4);
        browser.run(HOLD_ANSWERS_BACK);
        int port = first.port();
        first.close();
        page.awaitText("status-text", "Reconnecting");
        served.serve(hypervisor, port);
        page.awaitText("status-text", "Live");
        page.awaitFrames(8 - (int) Math.min(7, page.mark("seq")));
        browser.run("window.goOn()");
        page.await("the new exporter's points, and all of them", () -> {
            long samples = page.mark("seq");
            return page.mark("points") <= samples - 1 && page.mark("points") >= samples - 3;
        });
    }
}
