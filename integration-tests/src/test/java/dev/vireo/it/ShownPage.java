package dev.vireo.it;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;

/** The live page as somebody sees and uses it. */
final class ShownPage {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Browser browser;

    ShownPage(Browser browser) {
        this.browser = browser;
    }

    void open(URI uri) {
        browser.open(uri);
    }

    WebElement part(String id) {
        return browser.driver().findElement(By.id(id));
    }

    String text(String id) {
        return String.valueOf(browser.run("return document.getElementById(arguments[0]).textContent", id));
    }

    /** Waits for so many more frames to have been drawn. */
    void awaitFrames(int more) throws IOException {
        long before = mark("seq");
        await("the next frames are drawn", () -> mark("seq") >= before + more);
    }

    /** Returns a number that the page notes of itself: what it has received and drawn. */
    long mark(String name) {
        return Long.parseLong(
                String.valueOf(browser.run("return document.documentElement.dataset[arguments[0]] || '0'", name)));
    }

    void await(String what, Await.Condition condition) throws IOException {
        Await.until(() -> what + "; shown: " + browser.run("return document.body.innerText"), LIMIT, () -> {
            try {
                return condition.holds();
            } catch (StaleElementReferenceException replaced) {
                return false;
            }
        });
    }

    void awaitText(String id, String text) throws IOException {
        await("'" + text + "' in " + id, () -> text(id).contains(text));
    }

    /** The names in sight, from the top. */
    List<String> names() {
        return ((List<?>) browser.run(
                        "return [...document.querySelectorAll('#rows tr.domain .open')].map(b => b.textContent)"))
                .stream().map(String::valueOf).toList();
    }

    /** What the row of a domain shows in a column, empty where there is no such row in sight. */
    Optional<String> cell(String name, String column) {
        Object text = browser.run(
                "const row = [...document.querySelectorAll('#rows tr.domain')].find(r => r.querySelector('.open').textContent === arguments[0]);"
                        + "return row ? row.querySelector('td.' + arguments[1] + ' .value').textContent : null",
                name,
                column);
        return Optional.ofNullable(text).map(String::valueOf);
    }

    /** A number of the row of a domain, NaN where none is shown. */
    double number(String name, String column) {
        return cell(name, column)
                .filter(text -> text.matches("[0-9.]+"))
                .map(Double::valueOf)
                .orElse(Double.NaN);
    }

    /** The rows of one of the smaller tables. */
    List<String> rows(String table) {
        return browser.driver().findElements(By.cssSelector("#" + table + " tbody tr")).stream()
                .map(WebElement::getText)
                .toList();
    }

    void search(String text) {
        WebElement search = part("search");
        search.clear();
        search.sendKeys(text);
        if (text.isEmpty()) {
            search.sendKeys(" ", Keys.BACK_SPACE);
        }
    }

    void choose(String denominator) {
        browser.driver()
                .findElement(By.cssSelector("#denominator input[value=" + denominator + "]"))
                .click();
    }

    void sortBy(String column) {
        head(column).findElement(By.tagName("button")).click();
    }

    /** Returns the heading's {@code aria-sort}. */
    String sorted(String column) {
        return head(column).getDomAttribute("aria-sort");
    }

    private WebElement head(String column) {
        return browser.driver().findElement(By.cssSelector("#columns th." + column));
    }

    void click(String name) {
        browser.driver().findElements(By.cssSelector("#rows .open")).stream()
                .filter(button -> button.getText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in sight: " + names()))
                .click();
    }

    boolean isDetailOpen() {
        return part("detail").getDomAttribute("open") != null;
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        browser.driver().switchTo().activeElement().sendKeys(keys);
    }

    /** The id of what has the focus, or its text. */
    String focused() {
        return String.valueOf(browser.run("const e = document.activeElement; return e.id || e.value || e.textContent"));
    }
}
