package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Debian's Chromium without a screen, with a profile of its own, for one test. It ends with the test, whatever fails, and a
 * test that fails leaves a picture of what was shown. All that the page complains of is kept for {@link #complaints()}.
 */
final class Browser implements BeforeEachCallback, AfterEachCallback {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final List<String> ARGUMENTS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    /** Runs before any script of a page; what it notes is what no page of ours may do. */
    private static final String WATCH = "window.seen = [];"
            + "addEventListener('securitypolicyviolation', e => seen.push('policy: ' + e.violatedDirective + ' ' + e.blockedURI));"
            + "addEventListener('error', e => seen.push('error: ' + e.message));"
            + "addEventListener('unhandledrejection', e => seen.push('rejected: ' + e.reason));"
            + "for (const name of ['alert', 'confirm', 'prompt']) { window[name] = text => { seen.push(name + ': ' + text); }; }";

    // It misses a library for a protocol that is spoken here by hand; kept, as loggers are forgotten with their last
    // user.
    private static final Logger LOGGER = Logger.getLogger("org.openqa.selenium.devtools");

    static {
        LOGGER.setLevel(Level.OFF);
    }

    private TemporaryDirectory profile;
    private ChromeDriverService service;
    private ChromeDriver driver;
    private List<ProcessHandle> processes = List.of();

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Requirements.requireProgram("chromium", "chromium");
        Requirements.requireProgram("chromedriver", "chromium-driver");
        profile = TemporaryDirectory.create("vireo-it-chromium-");
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(Programs.get("chromedriver")))
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        driver = new ChromeDriver(service, options());
        processes = started(before);
        beforeScripts(WATCH);
        resize(1440, 900);
    }

    private ChromeOptions options() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Programs.get("chromium"));
        options.addArguments(ARGUMENTS);
        options.addArguments("--user-data-dir=" + profile.path());
        options.setAcceptInsecureCerts(true);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        return options;
    }

    private static List<ProcessHandle> started(List<ProcessHandle> before) {
        List<ProcessHandle> started = new ArrayList<>();
        ProcessHandle.current()
                .children()
                .filter(child -> !before.contains(child))
                .forEach(child -> {
                    started.add(child);
                    child.descendants().forEach(started::add);
                });
        return started;
    }

    ChromeDriver driver() {
        return driver;
    }

    void open(URI uri) {
        driver.get(uri.toString());
    }

    /** Runs a script in each page that is opened from now on, before its own. */
    void beforeScripts(String script) {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Says what the system prefers, {@code light} or {@code dark}. */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Keeps a picture of what is shown in {@code target/screenshots}. */
    void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** Returns what the page did that it may not: errors, violations of its policy, dialogs. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            complaints.add(entry.getMessage());
        }
        if (run("return window.seen") instanceof List<?> seen) {
            seen.forEach(each -> complaints.add(String.valueOf(each)));
        }
        return complaints;
    }

    void assertNoComplaints() {
        assertEquals(List.of(), complaints());
    }

    /** Asks axe what keeps people out of the page as it is shown now; it is run beside the page, past its policy. */
    List<String> barriers() throws IOException {
        String axe;
        try (var in = Browser.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        run(axe);
        Object found = driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then("
                + "r => done(r.violations.flatMap(v => v.nodes.map(n => v.id + ' (' + v.impact + ') ' + n.html + ' ' + n.failureSummary))),"
                + "e => done(['axe failed: ' + e]))");
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        try {
            if (driver != null && context.getExecutionException().isPresent()) {
                picture("failed-" + context.getDisplayName().replaceAll("\\W", ""));
            }
        } finally {
            end();
        }
    }

    /** By their ids: what was started here, and nothing else. */
    private void end() throws IOException {
        try {
            if (driver != null) {
                driver.quit();
            }
        } finally {
            if (service != null) {
                service.stop();
            }
            processes.forEach(ProcessHandle::destroyForcibly);
            if (profile != null) {
                profile.close();
            }
        }
    }
}
