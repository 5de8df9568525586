package dev.vireo.cli;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** Describes options to picocli by plain code: its annotations would be read by reflection, at four times the cost. */
final class Specs {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

    private Specs() {}

    /** Describes the tool with one of its commands, or with all where the word names none. */
    static CommandLine tool(@Nullable String word) {
        Command asked = word == null ? null : Commands.find(word);
        return withCommands(asked == null || word == null ? Commands.NAMES : List.of(word));
    }

    static CommandLine withCommands(List<String> names) {
        CommandSpec tool = CommandSpec.create().name("vireo");
        tool.usageMessage().description("CPU time of virtual machines, as a whole and on each host CPU.");
        addCommonOptions(tool);
        tool.addOption(
                flag("print the version", "-V", "--version").versionHelp(true).build());
        for (String name : names) {
            Command command = Commands.find(name);
            if (command != null) {
                CommandSpec described = command.describe();
                addCommonOptions(described);
                tool.addSubcommand(name, described);
            }
        }
        return new CommandLine(tool);
    }

    static CommandSpec command(String description) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(description);
        return spec;
    }

    static CommandSpec withJson(CommandSpec spec) {
        return spec.addOption(flag("print one JSON document", "--json").build());
    }

    static CommandSpec withDomain(CommandSpec spec) {
        return withParameter(spec, "DOMAIN", "name, id or uuid of a domain");
    }

    static CommandSpec withParameter(CommandSpec spec, String label, String description) {
        return spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build());
    }

    static OptionSpec text(String description, String name, String label) {
        return option(description, name)
                .arity("1")
                .type(String.class)
                .paramLabel(label)
                .build();
    }

    /** Describes an option with one of some words for a value, which shells complete. */
    static OptionSpec choice(String description, String name, String label, List<String> words) {
        return option(description, name)
                .arity("1")
                .type(String.class)
                .completionCandidates(words)
                .paramLabel(label)
                .build();
    }

    /** Describes an option whose value may be left out: then it is the fallback. */
    static OptionSpec optionalText(String description, String name, String label, String fallback) {
        return option(description, name)
                .arity("0..1")
                .type(String.class)
                .fallbackValue(fallback)
                .paramLabel(label)
                .build();
    }

    static OptionSpec requiredText(String description, String name, String label) {
        return option(description, name)
                .arity("1")
                .required(true)
                .type(String.class)
                .paramLabel(label)
                .build();
    }

    /** Describes an option that may be given several times. */
    static OptionSpec texts(String description, String name, String label) {
        return option(description, name)
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .build();
    }

    static OptionSpec.Builder flag(String description, String name, String... names) {
        return option(description, name, names).arity("0").type(boolean.class);
    }

    static OptionSpec number(String description, String name) {
        return option(description, name)
                .arity("1")
                .type(Integer.class)
                .converters(Specs::whole)
                .paramLabel("N")
                .build();
    }

    /** Reads a whole number in the digits 0 to 9; Java would read those of all scripts. */
    private static Integer whole(String text) {
        try {
            if (WHOLE.matcher(text).matches()) {
                return Integer.valueOf(text);
            }
        } catch (NumberFormatException tooLarge) {
            // said below
        }
        throw new TypeConversionException("'" + text + "' is no whole number of at most " + Integer.MAX_VALUE);
    }

    private static OptionSpec.Builder option(String description, String name, String... names) {
        return OptionSpec.builder(name, names).description(description);
    }

    /** Adds what is accepted before and after the command's name. */
    private static void addCommonOptions(CommandSpec spec) {
        spec.addOption(option("hypervisor connection URI; without it the one that is here", "-c", "--connect")
                .arity("1")
                .type(String.class)
                .paramLabel("URI")
                .build());
        spec.addOption(flag("show what was opened, and the stack trace of an error", "--debug")
                .build());
        spec.addOption(flag("print this help", "-h", "--help").usageHelp(true).build());
    }
}
