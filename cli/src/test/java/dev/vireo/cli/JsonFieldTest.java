package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.CpuStatsOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JsonFieldTest {
    /** Objects whose field names come from a driver. */
    private static final Set<String> FREE = Set.of("other", "missing", "notes", "parameters");

    private final FakeDriver driver = new FakeDriver();
    private final Set<String> seen = new TreeSet<>();

    @Test
    void everyOccasionToCountFromIsDescribed() throws IOException {
        String document = Files.readString(Path.of("../docs/cli.md"));
        for (CpuStatsOrigin.Since since : CpuStatsOrigin.Since.values()) {
            assertTrue(document.contains("`" + since + "`"), "docs/cli.md lacks `" + since + "`");
        }
    }

    @Test
    void everyFieldIsInTheDocument() throws IOException {
        String document = Files.readString(Path.of("../docs/cli.md"));
        for (JsonField field : JsonField.values()) {
            assertTrue(document.contains("`" + field.text() + "`"), "docs/cli.md lacks `" + field.text() + "`");
        }
    }

    @Test
    void everyFieldIsWrittenBySomeCommandAndNoOther() {
        driver.strangeParameters = true;
        driver.infoFailsFor = "test";
        collect(ToolRun.of(driver, "cpu-stats", "test", "--json").json());
        collect(ToolRun.of(driver, "cpu-stats", "test", "--for", "1ms", "--json")
                .json());
        collect(ToolRun.of(driver, "accounting", "status", "--json").json());
        collect(ToolRun.of(driver, "list", "--json").json());
        collect(ToolRun.of(driver, "vcpus", "test", "--json").json());
        collect(ToolRun.of(driver, "schedinfo", "test", "--json").json());
        collect(ToolRun.of(driver, "vcpupin", "test", "--json").json());
        collect(ToolRun.of(driver, "node", "--json").json());
        collect(ToolRun.of(driver, "drivers", "-c", "fake:///", "--json").json());
        collect(ToolRun.of(driver, "top", "-n", "1", "-d", "0.1", "--json").json());
        Set<String> fields = new TreeSet<>();
        for (JsonField field : JsonField.values()) {
            fields.add(field.text());
        }
        assertEquals(fields, seen);
    }

    private void collect(Object json) {
        if (json instanceof Map<?, ?> object) {
            object.forEach((name, value) -> {
                seen.add((String) name);
                if (!FREE.contains(name)) {
                    collect(value);
                }
            });
        } else if (json instanceof List<?> array) {
            array.forEach(this::collect);
        }
    }
}
