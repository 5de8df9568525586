package dev.vireo.it;

import dev.vireo.exporter.Metric;
import java.util.ArrayList;
import java.util.List;

/** Series of all metrics that are served, and of node_exporter's that a document speaks of, as promtool's tests take them. */
final class InventedSeries {
    private static final List<String> DOMAINS = List.of("u1", "u2");

    private InventedSeries() {}

    static String yaml() {
        List<String> lines = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            for (String labels : labels(metric)) {
                add(lines, metric.seriesName() + "{job=\"vireo\",instance=\"h1:9178\"" + labels + "}", numbers(metric));
            }
        }
        for (String mode : List.of("user", "system", "idle")) {
            for (int cpu = 0; cpu < 2; cpu++) {
                String labels = "{job=\"node\",instance=\"h1:9100\",mode=\"" + mode + "\",cpu=\"" + cpu + "\"}";
                add(lines, "node_cpu_seconds_total" + labels, "0+20x60");
            }
        }
        return String.join("", lines);
    }

    private static void add(List<String> lines, String series, String numbers) {
        lines.add("      - series: '" + series + "'\n        values: '" + numbers + "'\n");
    }

    /** Nothing fails here, and the domain's own overhead is not below nothing. */
    private static String numbers(Metric metric) {
        return switch (metric) {
            case VM_CPU -> "0+50x60";
            case VM_INFO, VIREO_UP -> "1x60";
            default -> metric.kind().isCounter() ? "0+7x60" : "2x60";
        };
    }

    private static List<String> labels(Metric metric) {
        List<String> all = List.of("");
        for (String label : metric.labels()) {
            List<String> longer = new ArrayList<>();
            for (String labels : all) {
                for (String value : values(label)) {
                    longer.add(labels + "," + label + "=\"" + value(label, value, labels) + "\"");
                }
            }
            all = longer;
        }
        return all;
    }

    private static List<String> values(String label) {
        return switch (label) {
            case "uuid" -> DOMAINS;
            case "cpu", "vcpu", "node" -> List.of("0", "1");
            case "name", "domain" -> List.of("web1");
            default -> List.of("some");
        };
    }

    /** Two domains have two names. */
    private static String value(String label, String value, String before) {
        return label.equals("name") && before.contains("\"u2\"") ? "db1" : value;
    }
}
