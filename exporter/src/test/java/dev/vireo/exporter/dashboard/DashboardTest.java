package dev.vireo.exporter.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.exporter.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DashboardTest {
    private static final Path FILE = Path.of("../deploy/grafana/vireo.json");
    private static final Pattern METRIC = Pattern.compile("\\b(?:vm|vireo|libvirt)_[a-z_]+");
    private static final Pattern PLACE =
            Pattern.compile("\"gridPos\": \\{\\s*\"h\": (\\d+),\\s*\"w\": (\\d+),\\s*\"x\": (\\d+),\\s*\"y\": (\\d+)");

    private static List<String> expressions() {
        return Pattern.compile("\"expr\": \"(.*)\",")
                .matcher(Dashboard.json())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Set<String> metricsIn(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void theFileThatIsDeliveredIsTheOneThatIsMade() throws IOException {
        assertEquals(
                Dashboard.json(),
                Files.readString(FILE),
                "deploy/grafana/vireo.json is stale: run java -cp exporter/target/classes:api/target/classes:"
                        + "monitor/target/classes dev.vireo.exporter.dashboard.Dashboard deploy/grafana/vireo.json");
    }

    @Test
    void everyMetricOfOurOwnIsAskedForAndNoOther() {
        Set<String> served = Arrays.stream(Metric.values())
                .filter(metric -> !metric.isOfLibvirtExporter())
                .map(Metric::seriesName)
                .collect(Collectors.toSet());
        Set<String> asked = metricsIn(String.join(" ", expressions()) + Queries.OF_VCPUS + " " + Queries.OF_HOST);
        assertEquals(served, asked);
    }

    @Test
    void aCounterIsAskedForItsRateAndNothingElseIs() {
        for (Metric metric : Metric.values()) {
            String rate = "rate(" + metric.seriesName() + "{";
            for (String expression : expressions()) {
                boolean named = metricsIn(expression).contains(metric.seriesName());
                assertEquals(named && metric.kind().isCounter(), expression.contains(rate), expression);
            }
        }
    }

    @Test
    void noTwoPanelsLieOnEachOtherAndNoneReachesBeyondTheEdge() {
        Set<String> taken = new HashSet<>();
        PLACE.matcher(Dashboard.json()).results().forEach(place -> {
            int right = number(place, 3) + number(place, 2);
            assertTrue(right <= 24, place::group);
            for (int x = number(place, 3); x < right; x++) {
                for (int y = number(place, 4); y < number(place, 4) + number(place, 1); y++) {
                    assertTrue(taken.add(x + "," + y), place::group);
                }
            }
        });
        assertFalse(taken.isEmpty());
    }

    private static int number(MatchResult place, int group) {
        return Integer.parseInt(place.group(group));
    }

    @Test
    void everyPanelHasANumberOfItsOwnAndASentenceThatTellsWhatItShows() {
        List<String> ids = Pattern.compile("\"id\": (\\d+)")
                .matcher(Dashboard.json())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(Panels.all().size(), new HashSet<>(ids).size());
        assertFalse(Dashboard.json().contains("\"description\": \"\""));
    }

    @Test
    void everyQueryLooksAtTheChosenHostsAlone() {
        for (String expression : expressions()) {
            assertTrue(expression.contains("instance=~\\\"$instance\\\""), expression);
        }
    }
}
