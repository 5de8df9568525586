package dev.vireo.exporter.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DefaultIndenter LINES = DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n");
    private static final PrettyPrinter AS_GRAFANA_SAVES_IT = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(LINES)
            .withArrayIndenter(LINES);
    private static final Path DELIVERED = Path.of("../deploy/grafana/vireo.json");
    private static final Path MADE = Path.of("target/vireo.json");
    private static final Pattern METRIC = Pattern.compile("\\b(?:vm|vireo|libvirt)_[a-z_]+");

    private static JsonNode dashboard() {
        return JSON.valueToTree(Dashboard.make());
    }

    private static List<String> expressions() {
        return dashboard().findValuesAsText("expr");
    }

    private static Set<String> metricsIn(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void theFileThatIsDeliveredIsTheOneThatIsMade() throws IOException {
        Files.writeString(MADE, JSON.writer(AS_GRAFANA_SAVES_IT).writeValueAsString(Dashboard.make()) + "\n");
        assertEquals(
                Files.readString(MADE),
                Files.readString(DELIVERED),
                "deploy/grafana/vireo.json is stale: cp exporter/target/vireo.json deploy/grafana/");
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
        for (JsonNode place : dashboard().findValues("gridPos")) {
            int right = place.get("x").intValue() + place.get("w").intValue();
            int bottom = place.get("y").intValue() + place.get("h").intValue();
            assertTrue(right <= 24, place::toString);
            for (int x = place.get("x").intValue(); x < right; x++) {
                for (int y = place.get("y").intValue(); y < bottom; y++) {
                    assertTrue(taken.add(x + "," + y), place::toString);
                }
            }
        }
        assertFalse(taken.isEmpty());
    }

    @Test
    void everyPanelHasANumberOfItsOwnAndASentenceThatTellsWhatItShows() {
        JsonNode panels = dashboard().get("panels");
        assertEquals(Panels.all().size(), panels.size());
        Set<Integer> numbers = new HashSet<>();
        for (JsonNode panel : panels) {
            assertTrue(numbers.add(panel.get("id").intValue()), panel::toString);
            assertFalse(panel.get("description").textValue().isEmpty(), panel::toString);
        }
    }

    @Test
    void everyQueryLooksAtTheChosenHostsAlone() {
        for (String expression : expressions()) {
            assertTrue(expression.contains("instance=~\"$instance\""), expression);
        }
    }
}
