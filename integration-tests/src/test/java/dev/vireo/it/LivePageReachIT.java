package dev.vireo.it;

import static dev.vireo.it.ServedPages.domain;
import static dev.vireo.it.ServedPages.hypervisor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.driver.test.TestHypervisor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Whether the live page is of use to whom it is not drawn for: on a narrow screen, in another browser, read out. */
@Tag("soak")
class LivePageReachIT {
    @RegisterExtension
    final Browser browser = new Browser();

    private final ShownPage page = new ShownPage(browser);

    @RegisterExtension
    final ServedPages served = new ServedPages(page);

    /** WebKitGTK says so where the locale is C.UTF-8. */
    @Test
    void aBrowserWhoseLanguageIsNoneShowsThePageAllTheSame() throws IOException {
        browser.beforeScripts("Object.defineProperty(Navigator.prototype, 'language', { get: () => 'C' })");
        served.show(hypervisor(2, domain("web", 2)));
        assertEquals(List.of("web"), page.names());
        assertEquals(
                3, browser.driver().findElements(By.cssSelector(".plot canvas")).size());
        browser.assertNoComplaints();
    }

    @Test
    void onANarrowScreenNamesAreStillRead() throws IOException {
        browser.resize(360, 740);
        served.show(hypervisor(2, domain("web-server-01", 2)));
        assertEquals(
                true,
                browser.run("const name = document.querySelector('#rows .open');"
                        + "return name.scrollWidth <= name.clientWidth"));
        assertEquals(
                0L, browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        browser.assertNoComplaints();
    }

    /** It would be read out each second. */
    @Test
    void aCellIsReadOutWhenSomebodyGoesThereAndNotWithEachNumber() throws IOException {
        TestHypervisor hypervisor = hypervisor(2, domain("web", 1));
        served.show(hypervisor);
        browser.run("document.getElementById('heat').focus()");
        page.press(Keys.ARROW_DOWN);
        page.awaitText("heat-said", "web on host CPU 0: ");
        String said = page.text("heat-said");
        hypervisor.domain("web").pause();
        page.awaitText("heat-cell", "web on host CPU 0: 0.0 %");
        assertEquals(said, page.text("heat-said"));
        assertEquals(
                0L,
                browser.run("return document.querySelectorAll('[role=status] #heat-cell, #heat-cell[role],"
                        + " #heat-cell[aria-live]').length"));
        page.press(Keys.ARROW_RIGHT);
        page.awaitText("heat-said", "web on host CPU 1: 0.0 %");
        browser.assertNoComplaints();
    }
}
