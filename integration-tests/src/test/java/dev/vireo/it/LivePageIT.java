package dev.vireo.it;

import static dev.vireo.it.ServedPages.domain;
import static dev.vireo.it.ServedPages.hypervisor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.DomainState;
import dev.vireo.Statistic;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.TestHypervisor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What the live page shows of a hypervisor in memory, and how it is used, in a real browser. */
class LivePageIT {
    private static final String PICTURE = "<img src=x onerror=alert(1)>";
    private static final String TURNED = "evil\u202egpj.exe";
    private static final String REASON = "return document.querySelector('#rows td.delay').title";
    private static final List<String> HOSTILE = List.of(
            PICTURE,
            "\"'><script>alert(2)</script>",
            "line\nbreak",
            "party \ud83c\udf89 vm",
            TURNED,
            "tag\udb40\udc41ged",
            "javascript:alert(3)",
            "{{constructor.constructor('alert(4)')()}}",
            "x".repeat(200));

    @RegisterExtension
    final Browser browser = new Browser();

    private final ShownPage page = new ShownPage(browser);

    @RegisterExtension
    final ServedPages served = new ServedPages(page);

    private void assertNear(double expected, String name, String column) {
        assertEquals(expected, page.number(name, column), expected * 0.1, () -> column + " of " + name);
    }

    @Test
    void whatIsAHundredPercentIsSaidAndCanBeChosen() throws IOException {
        served.show(hypervisor(8, domain("two", 2), domain("four", 4)));
        assertNear(400, "four", "cpu");
        assertNear(200, "two", "cpu");
        assertTrue(page.text("domains-note").contains("% of one core"));
        page.choose("vcpus");
        assertNear(100, "four", "cpu");
        assertNear(100, "two", "cpu");
        assertTrue(page.text("domains-note").contains("% of the domain’s vCPUs"));
        page.choose("host");
        assertNear(50, "four", "cpu");
        assertNear(25, "two", "cpu");
        assertTrue(page.text("use-title").contains("% of the host"));
        browser.assertNoComplaints();
    }

    @Test
    void domainsComePauseAndGoWithoutAReload() throws IOException {
        TestHypervisor hypervisor = hypervisor(2, domain("first", 1));
        served.show(hypervisor);
        hypervisor.add(domain("second", 1));
        page.await("the second is seen", () -> page.number("second", "cpu") > 90);
        hypervisor.domain("second").pause();
        page.await("it is paused", () -> page.cell("second", "state").equals(Optional.of("paused")));
        page.await("it uses nothing", () -> page.number("second", "cpu") == 0);
        hypervisor.domain("second").end();
        page.await("it is gone", () -> page.names().equals(List.of("first")));
        browser.assertNoComplaints();
    }

    @Test
    void domainsAreFoundByNameUuidAndId() throws IOException {
        TestHypervisor hypervisor = hypervisor(4, domain("web-1", 1), domain("web-2", 1), domain("db", 2));
        served.show(hypervisor);
        page.search("WEB");
        page.await("the webs alone", () -> page.names().equals(List.of("web-1", "web-2")));
        assertTrue(page.text("domains-note").startsWith("2 of 3"));
        page.search(hypervisor.domain("db").uuid().toString());
        page.await("the uuid's alone", () -> page.names().equals(List.of("db")));
        page.search(Integer.toString(hypervisor.domain("web-2").id()));
        page.await("the id's", () -> page.names().contains("web-2"));
        page.search("nobody");
        page.awaitText("empty", "No domain fits “nobody”");
        page.search("");
        page.await("all again", () -> page.names().size() == 3);
        browser.assertNoComplaints();
    }

    @Test
    void eachColumnSortsAndSaysSo() throws IOException {
        served.show(hypervisor(8, domain("b", 1), domain("a", 4), domain("c", 2)));
        assertEquals("descending", page.sorted("cpu"));
        assertEquals(
                "CPU %",
                browser.driver()
                        .findElement(By.cssSelector("#columns .cpu button"))
                        .getAccessibleName());
        assertEquals(List.of("a", "c", "b"), page.names());
        page.sortBy("cpu");
        assertEquals("ascending", page.sorted("cpu"));
        assertEquals(List.of("b", "c", "a"), page.names());
        page.sortBy("name");
        assertEquals("ascending", page.sorted("name"));
        assertEquals(null, page.sorted("cpu"));
        assertEquals(List.of("a", "b", "c"), page.names());
        for (String column : List.of("state", "user", "system", "delay", "vcpuCount")) {
            page.sortBy(column);
            assertFalse(String.valueOf(page.sorted(column)).isEmpty(), column);
        }
        assertEquals(List.of("a", "c", "b"), page.names());
        browser.assertNoComplaints();
    }

    @Test
    void aDomainOpensWithItsVcpusItsHostCpusAndItsSources() throws IOException {
        served.show(hypervisor(2, domain("web", 2)));
        page.click("web");
        assertTrue(page.isDetailOpen());
        assertEquals("web", page.text("detail-name"));
        page.await("two vCPUs", () -> page.rows("detail-vcpus").size() == 2);
        assertEquals(2, page.rows("detail-cpus").size());
        page.await("sources", () -> page.rows("detail-sources").size() == 3);
        browser.picture("detail");
        assertEquals(List.of(), browser.barriers());
        page.press(Keys.ESCAPE);
        page.await("it is closed", () -> !page.isDetailOpen());
        assertEquals("web", page.focused());
        browser.assertNoComplaints();
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() throws IOException {
        served.show(hypervisor(4, domain("a", 3), domain("b", 2), domain("c", 1)));
        page.press("/");
        assertEquals("search", page.focused());
        page.press("b");
        page.await("b alone", () -> page.names().equals(List.of("b")));
        page.press(Keys.BACK_SPACE);
        page.press(Keys.TAB);
        assertEquals("domains", page.focused());
        page.press(Keys.ARROW_DOWN);
        assertEquals("a", page.focused());
        page.press(Keys.ARROW_DOWN);
        assertEquals("b", page.focused());
        page.press(Keys.ENTER);
        assertTrue(page.isDetailOpen());
        assertEquals("b", page.text("detail-name"));
        page.press(Keys.ESCAPE);
        assertEquals("b", page.focused());
        page.press(Keys.END);
        assertEquals("c", page.focused());
        page.press(Keys.chord(Keys.SHIFT, Keys.TAB));
        page.press(" ");
        page.awaitText("lines-note", "1 picked");
        browser.run("document.getElementById('heat').focus()");
        page.press(Keys.ARROW_DOWN);
        page.awaitText("heat-cell", "a on host CPU 0: ");
        page.press(Keys.ARROW_RIGHT, Keys.ARROW_DOWN);
        page.awaitText("heat-cell", "b on host CPU 1: ");
        page.press(Keys.ENTER);
        assertTrue(page.isDetailOpen());
        browser.assertNoComplaints();
    }

    @Test
    void theFocusStaysWithItsDomainAndLeavesTheRowsWithIt() throws IOException {
        TestHypervisor hypervisor = hypervisor(6, domain("a", 3), domain("b", 2), domain("c", 1));
        served.show(hypervisor);
        browser.run("document.getElementById('domains').focus()");
        page.press(Keys.ARROW_DOWN);
        page.press(Keys.END);
        assertEquals("c", page.focused());
        hypervisor.domain("a").end();
        page.await("a is gone", () -> page.names().equals(List.of("b", "c")));
        assertEquals("c", page.focused());
        page.press(Keys.ARROW_UP);
        assertEquals("b", page.focused());
        hypervisor.domain("b").end();
        page.await("b is gone", () -> page.names().equals(List.of("c")));
        assertEquals("domains", page.focused());
        page.press(Keys.ENTER);
        assertFalse(page.isDetailOpen(), "nobody asked for c");
        page.press(Keys.ARROW_DOWN);
        assertEquals("c", page.focused());
        browser.assertNoComplaints();
    }

    @Test
    void hostileNamesAreShownAndDoNothing() throws IOException {
        DomainConfiguration[] domains =
                HOSTILE.stream().map(name -> domain(name, 1)).toArray(DomainConfiguration[]::new);
        TestHypervisor hypervisor = hypervisor(4, domains);
        hypervisor.faults().unavailable(Statistic.VCPU_DELAY, TURNED + "\n" + PICTURE);
        served.show(hypervisor);
        page.await("all are in sight", () -> page.names().size() == HOSTILE.size());
        assertTrue(page.names()
                .containsAll(List.of(
                        PICTURE,
                        "line\\x0abreak",
                        "party \ud83c\udf89 vm",
                        "evil\\u202egpj.exe",
                        "tag\\U000e0041ged")));
        assertTrue(page.names().contains("x".repeat(200)));
        page.search(PICTURE);
        page.await("it is found", () -> page.names().equals(List.of(PICTURE)));
        page.click(PICTURE);
        assertEquals(PICTURE, page.text("detail-name"));
        assertEquals("evil\\u202egpj.exe\\x0a" + PICTURE, browser.run(REASON));
        assertFalse(String.valueOf(browser.run("return document.documentElement.outerHTML"))
                .contains("\u202e"));
        page.press(Keys.ESCAPE);
        page.search("");
        browser.driver().findElement(By.cssSelector(".as-text summary")).click();
        page.awaitFrames(2);
        assertEquals(0L, browser.run("return document.querySelectorAll('img, #rows script, dialog script').length"));
        assertEquals(
                0L, browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        browser.picture("hostile-names");
        browser.assertNoComplaints();
    }

    @Test
    void aThousandDomainsAreShownAndTheLastIsReached() throws IOException {
        DomainConfiguration[] domains = new DomainConfiguration[1000];
        for (int i = 0; i < domains.length; i++) {
            domains[i] = domain("vm-" + (i + 1), 1 + i % 4);
        }
        served.show(hypervisor(64, domains));
        assertEquals("1001", browser.driver().findElement(By.id("table")).getDomAttribute("aria-rowcount"));
        assertTrue(page.names().size() < 100, () -> page.names().size() + " rows for what is in sight");
        page.sortBy("name");
        browser.run("document.getElementById('domains').focus()");
        page.press(Keys.ARROW_DOWN);
        page.press(Keys.END);
        assertEquals("vm-1000", page.focused());
        browser.picture("thousand-light");
        browser.prefer("dark");
        page.awaitFrames(2);
        browser.picture("thousand-dark");
        browser.assertNoComplaints();
    }

    @Test
    void coloursFollowTheSystemOrTheChoiceAndAreReadable() throws IOException {
        TestHypervisor hypervisor = hypervisor(
                4, domain("web", 2), domain("db", 1), domain("idle", 1).withState(DomainState.PAUSED));
        browser.prefer("dark");
        served.show(hypervisor);
        String dark = background();
        assertEquals(List.of(), browser.barriers());
        browser.picture("dark");
        browser.prefer("light");
        page.await("it is light", () -> !background().equals(dark));
        assertEquals(List.of(), browser.barriers());
        browser.picture("light");
        browser.driver()
                .findElement(By.cssSelector("#theme option[value=dark]"))
                .click();
        page.await("it is dark by choice", () -> background().equals(dark));
        browser.driver().navigate().refresh();
        page.awaitText("status-text", "Live");
        assertEquals(dark, background());
        browser.assertNoComplaints();
    }

    private String background() {
        return String.valueOf(browser.run("return getComputedStyle(document.body).backgroundColor"));
    }

    @Test
    void theBusiestCellsAreThereAsATable() throws IOException {
        served.show(hypervisor(2, domain("web", 2), domain("db", 1)));
        browser.driver().findElement(By.cssSelector(".as-text summary")).click();
        page.await("the cells of both", () -> page.rows("heat-table").size() == 4);
        assertTrue(
                page.rows("heat-table").get(0).startsWith("web "),
                () -> page.rows("heat-table").toString());
        assertTrue(
                page.rows("heat-table").get(3).startsWith("db "),
                () -> page.rows("heat-table").toString());
        assertEquals(List.of(), browser.barriers());
        browser.assertNoComplaints();
    }

    /** Sorted as a person would: 2 before 10. */
    @Test
    void namesAreSortedByTheirNumbers() throws IOException {
        served.show(hypervisor(2, domain("vm-10", 1), domain("vm-2", 1), domain("vm-1", 1)));
        page.sortBy("name");
        assertEquals(List.of("vm-1", "vm-2", "vm-10"), page.names());
        page.sortBy("name");
        assertEquals(List.of("vm-10", "vm-2", "vm-1"), page.names());
        browser.assertNoComplaints();
    }
}
