package dev.vireo.exporter.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.exporter.otlp.PushedMetric.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OtlpDocumentTest {
    @Test
    void theTableOfMetricsIsWhatIsPushed() throws IOException {
        List<String> expected = new ArrayList<>();
        for (PushedMetric metric : PushedMetric.TIMES) {
            expected.add(
                    "| `" + metric.name() + "` | `s` |" + attributes(metric) + " | " + metric.description() + " |");
        }
        expected.add("| `" + PushedMetric.VCPU_COUNT + "` | `{cpu}` | | " + PushedMetric.VCPU_COUNT_DESCRIPTION + " |");
        List<String> table;
        try (var lines = Files.lines(Path.of("../docs/otlp.md"))) {
            table = lines.filter(line -> line.startsWith("| `vm.")).toList();
        }
        assertEquals(expected, table);
    }

    private static String attributes(PushedMetric metric) {
        String modes = metric.times().stream()
                .map(Part::mode)
                .filter(Objects::nonNull)
                .map(mode -> "`" + mode + "`")
                .collect(Collectors.joining(", "));
        String index = metric.index() == null ? "" : " `" + metric.index().getKey() + "`";
        return modes.isEmpty() ? index : " `cpu.mode` (" + modes + ")" + index;
    }
}
