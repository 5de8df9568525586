package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.exporter.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of Prometheus, in the dashboard, the alerts and the document: Prometheus's own tool finds it sound, and finds something. */
class PromQlIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Path DASHBOARD = Path.of("deploy/grafana/vireo.json");
    private static final Path ALERTS = Path.of("deploy/prometheus/vireo-alerts.yml");
    private static final Path DOCUMENT = Path.of("docs/monitoring.md");
    private static final Pattern OURS = Pattern.compile("\\b(?:vm|vireo|libvirt)_[a-z_]+");

    @TempDir
    private Path directory;

    @BeforeEach
    void needPromtool() {
        Requirements.requireProgram("promtool", "prometheus");
    }

    private static String text(Path file) throws IOException {
        return Files.readString(Repository.root().resolve(file));
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static List<String> ofDocument() throws IOException {
        return found("```promql\n(.*?)```", text(DOCUMENT));
    }

    /** Puts in what Grafana puts in, each denominator after the other. */
    private static List<String> ofDashboard() throws IOException {
        String json = text(DASHBOARD);
        List<String> denominators = found(
                "\"value\": \"([^\"]*)\"", json.substring(json.indexOf("\"100 % is\""), json.indexOf("\"panels\"")));
        Set<String> queries = new TreeSet<>();
        for (String query : found("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"", json)) {
            for (String denominator : denominators) {
                queries.add(query.replace("\\\"", "\"")
                        .replace("$denominator", denominator)
                        .replace("$__rate_interval", "5m")
                        .replaceAll("\\$(instance|domain)", ".*"));
            }
        }
        return List.copyOf(queries);
    }

    private static CommandRun promtool(String... arguments) {
        return CommandRun.of(
                        LIMIT,
                        Stream.concat(Stream.of("promtool"), Arrays.stream(arguments))
                                .toList())
                .requireSuccess();
    }

    private void assertEachFindsSomething(List<String> queries) throws IOException {
        StringBuilder test = new StringBuilder("evaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n")
                .append(InventedSeries.yaml())
                .append("    promql_expr_test:\n");
        for (String query : queries) {
            String one = query.strip().replace("\n", " ").replace("'", "''");
            test.append("      - expr: 'count(").append(one).append(") > bool 0'\n        eval_time: 30m\n");
            test.append("        exp_samples: [{labels: '{}', value: 1}]\n");
        }
        Path file = Files.writeString(directory.resolve("queries.test.yml"), test);
        promtool("test", "rules", file.toString());
    }

    @Test
    void eachQueryOfTheDashboardFindsSomethingWhateverTheDenominator() throws IOException {
        List<String> queries = ofDashboard();
        assertTrue(queries.size() > 20, queries::toString);
        assertTrue(queries.stream().noneMatch(query -> query.contains("$")), queries::toString);
        assertEachFindsSomething(queries);
    }

    @Test
    void eachQueryOfTheDocumentFindsSomething() throws IOException {
        List<String> queries = ofDocument();
        assertTrue(queries.size() > 10, queries::toString);
        assertEachFindsSomething(queries);
    }

    @Test
    void theDenominatorsOfTheDocumentGiveWhatTheySay() throws IOException {
        List<String> queries = ofDocument().subList(0, 3);
        // 50 s a minute, two vCPUs, two CPUs
        List<Double> percent = List.of(100 * 50 / 60.0, 100 * 50 / 120.0, 100 * 50 / 120.0);
        List<String> checks = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            checks.add("abs(" + queries.get(i).strip() + " - " + percent.get(i) + ") < 0.001");
        }
        assertEachFindsSomething(checks);
    }

    @Test
    void onlyMetricsThatAreServedAreAskedFor() throws IOException {
        Set<String> served =
                Arrays.stream(Metric.values()).map(Metric::seriesName).collect(Collectors.toSet());
        String asked = String.join("\n", ofDocument())
                + String.join("\n", ofDashboard())
                + text(ALERTS).replaceAll("(?m)#.*", "");
        Set<String> unknown =
                OURS.matcher(asked).results().map(MatchResult::group).collect(Collectors.toSet());
        unknown.removeAll(served);
        // the rest of a recorded name, which has a colon before it
        unknown.removeIf(name -> asked.contains("instance:" + name + ":"));
        assertEquals(Set.of(), unknown);
    }

    @Test
    void theAlertsAreSoundAndGoOffWhenTheyShould() {
        Path alerts = Repository.root().resolve(ALERTS);
        promtool("check", "rules", "--lint-fatal", alerts.toString());
        promtool("test", "rules", alerts.resolveSibling("vireo-alerts.test.yml").toString());
    }

    @Test
    void eachAlertIsTestedToGoOffAndIsInTheDocument() throws IOException {
        String tests = text(ALERTS.resolveSibling("vireo-alerts.test.yml"));
        for (String alert : found("- alert: (\\w+)", text(ALERTS))) {
            List<String> expectations = found("alertname: " + alert + "\\n(\\s+exp_alerts:[^\\n]*)", tests);
            assertTrue(expectations.stream().anyMatch(expected -> !expected.endsWith("[]")), alert);
            assertTrue(text(DOCUMENT).contains("`" + alert + "`"), alert);
        }
    }

    @Test
    void theDocumentsConfigurationsOfPrometheusAreSound() throws IOException {
        List<String> configurations = found("```yaml\n(.*?)```", text(DOCUMENT)).stream()
                .filter(yaml -> !yaml.startsWith("receivers:"))
                .toList();
        assertEquals(3, configurations.size());
        for (String configuration : configurations) {
            Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
            promtool("check", "config", "--syntax-only", file.toString());
        }
    }
}
