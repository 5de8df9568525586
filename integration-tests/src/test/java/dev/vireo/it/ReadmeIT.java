package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.exporter.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents show is run, so that it cannot go stale. */
class ReadmeIT {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");

    @TempDir
    private Path directory;

    private static String document(String name) throws IOException {
        return Files.readString(Repository.root().resolve(name));
    }

    @Test
    void theJavaExampleCompilesAndPrintsTheTimesOfTheTestDomain() throws IOException {
        Matcher block = JAVA_BLOCK.matcher(document("README.md"));
        assertTrue(block.find(), "the README shows no Java example");
        Path source = Files.writeString(directory.resolve("Example.java"), block.group(1));
        String classPath = System.getProperty("java.class.path");
        CommandRun run = CommandRun.of(
                Duration.ofMinutes(1),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        classPath,
                        source.toString()));
        List<String> lines = run.requireSuccess().out().lines().toList();
        assertEquals(3, lines.size(), run::toString);
        assertTrue(lines.get(0).matches("total \\d+ ns"), run::toString);
        assertTrue(lines.get(1).matches("CPU0 \\d+"), run::toString);
        assertTrue(lines.get(2).matches("CPU1 \\d+"), run::toString);
    }

    @Test
    void theCommandsOutputIsWhatTheCommandPrints() throws IOException {
        VireoCommand.vireo("--version");
        String printed = VireoCommand.vireo("-c", "test:///default?clock=stopped", "cpu-stats", "test")
                .requireSuccess()
                .out();
        assertTrue(document("README.md").contains("```\n" + printed.strip() + "\n```"), printed);
    }

    @Test
    void theTableOfDriversIsTheOneThatTheCommandGenerates() throws IOException {
        VireoCommand.vireo("--version");
        String table =
                VireoCommand.vireo("drivers", "--markdown").requireSuccess().out();
        assertTrue(
                document("docs/drivers.md").contains(table.strip()),
                "docs/drivers.md is stale; put in what `./vireo drivers --markdown` prints:\n" + table);
    }

    @Test
    void theTableOfMetricsIsTheOneOfTheList() throws IOException {
        StringBuilder table = new StringBuilder();
        for (Metric metric : Metric.values()) {
            String kind = metric.kind().isCounter() ? "counter" : metric.kind() == Metric.Kind.INFO ? "info" : "gauge";
            String labels =
                    metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
            table.append("| `").append(metric.seriesName()).append("` | ").append(kind);
            table.append(" | ")
                    .append(labels)
                    .append(" | ")
                    .append(metric.help())
                    .append(" |\n");
        }
        assertTrue(document("docs/serving.md").contains(table), "docs/serving.md is stale; put in:\n" + table);
    }

    @Test
    void everyLinkOfTheReadmeLeadsSomewhere() throws IOException {
        Matcher link = LINK.matcher(document("README.md"));
        List<String> broken = new ArrayList<>();
        while (link.find()) {
            if (!Files.exists(Repository.root().resolve(link.group(1)))) {
                broken.add(link.group(1));
            }
        }
        assertEquals(List.of(), broken);
    }
}
