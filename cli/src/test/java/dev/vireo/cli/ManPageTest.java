package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import picocli.CommandLine.Model.CommandSpec;

class ManPageTest {
    static final List<String> COMMANDS = Commands.NAMES;
    private static final Set<String> REQUESTS = Set.of(".TH", ".SH", ".TP", ".B");

    private static List<String> lines(CommandSpec command) {
        return ManPage.of(command, "vireo 1", "2026-01-02").lines().toList();
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void aPageHasADateAndNoLineThatIsLongOrARequestByChance(String name) {
        CommandSpec command = Specs.tool(name).getSubcommands().get(name).getCommandSpec();
        List<String> lines = lines(command);
        assertTrue(lines.get(0).contains(" 1 \"2026-01-02\" \"vireo 1\""), lines.get(0));
        for (String line : lines) {
            assertTrue(line.length() <= 80, line);
            assertTrue(!line.startsWith(".") || REQUESTS.contains(line.split(" ", 2)[0]), line);
        }
    }

    @Test
    void whatBeginsALineWithADotIsText() {
        CommandSpec command = CommandSpec.create().name("x");
        command.usageMessage().description("x".repeat(75) + " .svg 'or .png");
        List<String> lines = lines(command);
        assertEquals("\\&.svg 'or .png", lines.get(lines.indexOf("x".repeat(75)) + 1));
    }
}
