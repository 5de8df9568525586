package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

class PlainLineTest {
    private static final List<String> OPTIONS = List.of("--total", "--json", "--live", "--config", "--debug");
    private static final List<String> VALUED = List.of("--start", "--count", "--for", "-c", "--connect");
    private static final List<String> WORDS = List.of(
            "test", "7", "0", "07", "-1", "2s", "fake:///", "@file", "", "list", "a b", "--", "--start=1", "-h");

    private static @Nullable PlainLine plain(String... args) {
        return PlainLine.of(args);
    }

    @Test
    void whatPeopleTypeAllDayIsPlain() {
        for (String line : new String[] {
            "list",
            "-c fake:/// list --json",
            "cpu-stats test",
            "cpu-stats test --total --json --connect fake:///",
            "cpu-stats --start 1 --count 2 test",
            "cpu-stats test --for 2s --debug",
            "vcpus 7",
            "schedinfo test --live",
            "vcpupin test --config",
            "node"
        }) {
            assertNotNull(plain(line.split(" ")), line);
        }
    }

    @Test
    void wrongUsageHelpAndOddSpellingsAreLeftToPicocli() {
        for (String line : new String[] {
            "",
            "lst",
            "list extra",
            "cpu-stats",
            "cpu-stats a b",
            "cpu-stats test --start",
            "cpu-stats test --start x",
            "cpu-stats test --start -1",
            "cpu-stats test --start=1",
            "cpu-stats test --total --total",
            "-c fake:/// list -c fake:///",
            "list --total",
            "--total cpu-stats test",
            "cpu-stats @file",
            "list --help",
            "--version"
        }) {
            assertNull(plain(line.split(" ")), line);
        }
    }

    @Test
    void aPlainLineMeansWhatPicocliTakesItFor() {
        Random random = new Random(20261126);
        int plain = 0;
        for (int i = 0; i < 200_000; i++) {
            String[] args = randomLine(random);
            PlainLine line = PlainLine.of(args);
            if (line != null) {
                plain++;
                assertMeansTheSame(args, line);
            }
        }
        assertTrue(plain > 2_000, "too few of the lines were plain to tell: " + plain);
    }

    @Test
    void thePlainSyntaxOfACommandIsPartOfItsDescription() {
        for (String name : Commands.NAMES) {
            Command command = Commands.find(name);
            PlainSyntax syntax = command == null ? null : command.plainSyntax();
            if (command != null && syntax != null) {
                List<OptionSpec> described = command.describe().options();
                assertEquals(names(described, boolean.class), sorted(syntax.flags()), name);
                assertEquals(names(described, Integer.class), sorted(syntax.numbers()), name);
                assertEquals(names(described, String.class), sorted(syntax.texts()), name);
                assertEquals(command.describe().positionalParameters().size(), syntax.hasParameter() ? 1 : 0, name);
            }
        }
    }

    /** An option whose value may be left out is for picocli. */
    private static List<String> names(List<OptionSpec> options, Class<?> type) {
        return options.stream()
                .filter(option -> option.type() == type)
                .filter(option -> option.arity().min() == option.arity().max())
                .map(OptionSpec::longestName)
                .sorted()
                .toList();
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().sorted().toList();
    }

    private static String[] randomLine(Random random) {
        List<String> line = new ArrayList<>();
        String command = Commands.NAMES.get(random.nextInt(Commands.NAMES.size()));
        int length = random.nextInt(5);
        int place = random.nextInt(3);
        for (int i = 0; i <= length; i++) {
            if (i == place) {
                line.add(command);
            }
            switch (random.nextInt(3)) {
                case 0 -> line.add(pick(random, OPTIONS));
                case 1 -> {
                    line.add(pick(random, VALUED));
                    line.add(pick(random, WORDS));
                }
                default -> line.add(pick(random, WORDS));
            }
        }
        return line.toArray(String[]::new);
    }

    private static String pick(Random random, List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static void assertMeansTheSame(String[] args, PlainLine line) {
        String shown = Arrays.toString(args);
        ThoroughLine thorough = ThoroughLine.of(args);
        assertNull(thorough.answer(), shown);
        assertEquals(thorough.command().getClass(), line.command().getClass(), shown);
        assertEquals(thorough.uri(), line.uri(), shown);
        assertEquals(thorough.isDebug(), line.isDebug(), shown);
        Options options = thorough.options();
        assertEquals(options.parameter(), line.parameter(), shown);
        for (String option : List.of("--total", "--json", "--live", "--config")) {
            assertEquals(options.has(option), line.has(option), shown);
        }
        Stream.of("--start", "--count")
                .forEach(option -> assertEquals(options.number(option), line.number(option), shown));
        assertEquals(options.text("--for"), line.text("--for"), shown);
    }
}
