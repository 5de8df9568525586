package dev.vireo.exporter.dashboard;

import static dev.vireo.exporter.dashboard.Panel.ordered;

import dev.vireo.exporter.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Grafana dashboard, as Grafana imports it. */
final class Dashboard {
    private static final int COLUMNS = 24;
    /** Grafana 11's; what is older is converted when it is imported. */
    private static final int SCHEMA = 39;

    private Dashboard() {}

    /** Makes the dashboard, the same each time. */
    static Map<String, Object> make() {
        return ordered(
                "uid",
                "vireo",
                "title",
                "Virtual machines: CPU",
                "description",
                "Who uses the CPUs, and who waits for them. Made by Vireo's build from its list of metrics.",
                "tags",
                List.of("vireo", "virtual machines"),
                "schemaVersion",
                SCHEMA,
                "version",
                1,
                "editable",
                true,
                "graphTooltip",
                1,
                "refresh",
                "30s",
                "time",
                ordered("from", "now-1h", "to", "now"),
                "timezone",
                "browser",
                "annotations",
                ordered("list", List.of()),
                "links",
                List.of(),
                "templating",
                ordered("list", List.of(datasource(), hosts(), domains(), denominator())),
                "panels",
                placed(Panels.all()));
    }

    /** Places panels from left to right, and goes to a new line where the next one does not fit. */
    private static List<Object> placed(List<Panel> panels) {
        List<Object> placed = new ArrayList<>();
        int x = 0;
        int y = 0;
        int lineHeight = 0;
        for (Panel panel : panels) {
            if (x + panel.width() > COLUMNS) {
                x = 0;
                y += lineHeight;
                lineHeight = 0;
            }
            placed.add(panel.at(placed.size() + 1, x, y));
            x += panel.width();
            lineHeight = Math.max(lineHeight, panel.height());
        }
        return placed;
    }

    private static Map<String, Object> datasource() {
        return ordered("name", "datasource", "label", "Prometheus", "type", "datasource", "query", "prometheus");
    }

    private static Map<String, Object> hosts() {
        return labelValues("instance", "Host", Metric.VIREO_UP.seriesName(), "instance");
    }

    private static Map<String, Object> domains() {
        return labelValues("domain", "Domain", Queries.of(Metric.VM_INFO), "name");
    }

    private static Map<String, Object> labelValues(String name, String label, String series, String of) {
        String query = "label_values(" + series + ", " + of + ")";
        return ordered(
                "name",
                name,
                "label",
                label,
                "type",
                "query",
                "datasource",
                Panel.DATASOURCE,
                "definition",
                query,
                "query",
                ordered("qryType", 1, "query", query, "refId", "variable"),
                "refresh",
                2,
                "sort",
                1,
                "multi",
                true,
                "includeAll",
                true,
                "current",
                ordered("selected", true, "text", List.of("All"), "value", List.of("$__all")));
    }

    private static Map<String, Object> denominator() {
        List<Object> options = List.of(
                option("one core", Queries.OF_CORE, true),
                option("the domain's vCPUs", Queries.OF_VCPUS, false),
                option("the host", Queries.OF_HOST, false));
        return ordered(
                "name",
                "denominator",
                "label",
                "100 % is",
                "type",
                "custom",
                "query",
                "one core : " + Queries.OF_CORE + ", the domain's vCPUs : " + Queries.OF_VCPUS + ", the host : "
                        + Queries.OF_HOST,
                "multi",
                false,
                "includeAll",
                false,
                "options",
                options,
                "current",
                options.get(0));
    }

    private static Map<String, Object> option(String text, String value, boolean selected) {
        return ordered("selected", selected, "text", text, "value", value);
    }
}
