package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.CpuStatsOrigin;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountingCommandTest {
    private final FakeDriver driver = new FakeDriver();

    @Test
    void startAndStopDoSoAndSayHowItIsThen() {
        assertEquals(
                new ToolRun(0, "running since 1970-01-01T00:00:00Z: by\\x0acounting\n", ""),
                ToolRun.of(driver, "accounting", "start"));
        assertTrue(driver.accounting);
        assertEquals(new ToolRun(0, "not running: nobody counts\n", ""), ToolRun.of(driver, "accounting", "stop"));
        assertFalse(driver.accounting);
    }

    @Test
    void statusOnlyLooks() {
        assertEquals(new ToolRun(0, "not running: nobody counts\n", ""), ToolRun.of(driver, "accounting", "status"));
        assertFalse(driver.accounting);
    }

    @Test
    void anythingElseIsMisuse() {
        assertEquals(2, ToolRun.of(driver, "accounting", "dance").exitCode());
        assertEquals(2, ToolRun.of(driver, "accounting").exitCode());
    }

    @Test
    void jsonHasTheSame() {
        driver.accounting = true;
        Map<?, ?> document =
                (Map<?, ?>) ToolRun.of(driver, "accounting", "status", "--json").json();
        assertEquals(
                "{running=true, since_time=1970-01-01T00:00:00Z, detail=by\ncounting}",
                document.get("accounting").toString());
    }

    @Test
    void verboseDriversSayWhereTimesPerCpuComeFromAndWhatWasPassedOver() {
        driver.origin = CpuStatsOrigin.from("perf")
                .missing("sched-group", "no cpu controller")
                .build();
        String text = ToolRun.of(driver, "drivers", "--verbose").out();
        assertTrue(text.contains("Times per CPU\n  test: perf\n    no sched-group: no cpu controller\n"), text);
        String json = ToolRun.of(driver, "drivers", "--verbose", "--json").out();
        assertTrue(json.contains("\"missing\":{\"sched-group\":\"no cpu controller\"}"), json);
    }
}
