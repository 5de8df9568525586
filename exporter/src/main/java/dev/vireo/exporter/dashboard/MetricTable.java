package dev.vireo.exporter.dashboard;

import dev.vireo.exporter.Metric;
import java.util.ArrayList;
import java.util.List;

/** The list of metrics, as a document shows it. */
public final class MetricTable {
    private MetricTable() {}

    /**
     * Prints the table.
     *
     * @param args nothing
     */
    public static void main(String[] args) {
        System.out.print(markdown());
    }

    /**
     * Makes the table.
     *
     * @return Markdown
     */
    public static String markdown() {
        StringBuilder out = new StringBuilder("| metric | labels | what it tells |\n|---|---|---|\n");
        for (Metric metric : Metric.values()) {
            out.append("| `").append(metric.seriesName()).append("` | ");
            out.append(labels(metric)).append(" | ").append(metric.help()).append(" |\n");
        }
        return out.toString();
    }

    private static String labels(Metric metric) {
        List<String> labels = new ArrayList<>();
        metric.labels().forEach(label -> labels.add("`" + label + "`"));
        return String.join(", ", labels);
    }
}
