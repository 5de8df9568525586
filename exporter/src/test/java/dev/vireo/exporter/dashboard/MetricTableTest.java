package dev.vireo.exporter.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.exporter.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricTableTest {
    @Test
    void theDocumentShowsTheMetricsThatThereAre() throws IOException {
        String document = Files.readString(Path.of("../docs/monitoring.md"));
        assertTrue(
                document.contains("\n\n" + MetricTable.markdown() + "\n"),
                "docs/monitoring.md is stale; put in:\n" + MetricTable.markdown());
    }

    @Test
    void eachMetricIsARow() {
        String table = MetricTable.markdown();
        assertEquals(Metric.values().length + 2, table.lines().count());
        assertTrue(table.contains("\n| `vm_vcpu_delay_seconds_total` | `uuid`, `vcpu` | "), table);
    }
}
