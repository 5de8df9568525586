package dev.vireo.exporter.dashboard;

import dev.vireo.exporter.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One panel of the dashboard. */
final class Panel {
    static final Map<String, Object> DATASOURCE = ordered("type", "prometheus", "uid", "${datasource}");

    private final String type;
    private final String title;
    private final int width;
    private final int height;
    private final List<Object> targets = new ArrayList<>();
    private final Map<String, Object> defaults = new LinkedHashMap<>();
    private final Map<String, Object> more = new LinkedHashMap<>();
    private String description = "";

    Panel(String type, String title, int width, int height) {
        this.type = type;
        this.title = title;
        this.width = width;
        this.height = height;
    }

    /** Makes a map that keeps its order: key, value, key, value. */
    static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Says below the title's sign what is seen: what these metrics mean. */
    Panel tells(String text, Metric... metrics) {
        StringBuilder all = new StringBuilder(text);
        for (Metric metric : metrics) {
            all.append(all.length() == 0 ? "" : " ").append(metric.help());
        }
        description = all.toString();
        return this;
    }

    Panel asks(String expression, String legend) {
        targets.add(target(expression, legend));
        return this;
    }

    /** Asks for the newest numbers alone. */
    Panel asksNow(String expression, String format) {
        Map<String, Object> target = target(expression, "__auto");
        target.put("instant", true);
        target.put("range", false);
        target.put("format", format);
        targets.add(target);
        return this;
    }

    private Map<String, Object> target(String expression, String legend) {
        String refId = String.valueOf((char) ('A' + targets.size()));
        return ordered("datasource", DATASOURCE, "expr", expression, "legendFormat", legend, "refId", refId);
    }

    Panel unit(String unit) {
        defaults.put("unit", unit);
        return this;
    }

    Panel field(String key, Object value) {
        defaults.put(key, value);
        return this;
    }

    Panel with(String key, Object value) {
        more.put(key, value);
        return this;
    }

    Map<String, Object> at(int id, int x, int y) {
        Map<String, Object> panel = ordered(
                "id",
                id,
                "type",
                type,
                "title",
                title,
                "description",
                description,
                "datasource",
                DATASOURCE,
                "gridPos",
                ordered("h", height, "w", width, "x", x, "y", y),
                "fieldConfig",
                ordered("defaults", defaults, "overrides", List.of()),
                "targets",
                targets);
        panel.putAll(more);
        return panel;
    }
}
