package dev.vireo.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A manual page, made of what a command says of itself. */
final class ManPage {
    private final CommandSpec command;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandSpec command) {
        this.command = command;
    }

    /** Returns the name of a command's page, and of its file without the section: {@code vireo-list}. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    /**
     * Returns a page in the man macros.
     *
     * @param command the command, or the whole tool
     * @param source what stands at the foot of each page: the tool and its version
     */
    static String of(CommandSpec command, String source) {
        return new ManPage(command).write(source);
    }

    private String write(String source) {
        page.append(".TH \"").append(text(name(command).toUpperCase(java.util.Locale.ROOT)));
        page.append("\" 1 \"\" \"").append(text(source)).append("\" \"Vireo\"\n");
        section("NAME");
        String description = String.join(" ", command.usageMessage().description());
        page.append(text(name(command)) + " \\- " + text(firstSentence(description)))
                .append('\n');
        section("SYNOPSIS");
        page.append(".B ").append(text(command.qualifiedName(" "))).append('\n');
        page.append(text(synopsis())).append('\n');
        section("DESCRIPTION");
        page.append(text(description)).append('\n');
        arguments();
        subcommands();
        section("EXIT STATUS");
        item("0", "it worked");
        item("1", "the operation failed, or standard output was closed");
        item("2", "wrong usage: an unknown command or option, a bad number");
        return page.toString();
    }

    private String synopsis() {
        StringBuilder synopsis = new StringBuilder("[OPTION]...");
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            boolean isOptional = parameter.arity().min() == 0;
            synopsis.append(isOptional ? " [" : " ").append(parameter.paramLabel());
            synopsis.append(isOptional ? "]" : "");
        }
        return command.subcommands().isEmpty() ? synopsis.toString() : synopsis + " COMMAND";
    }

    private void arguments() {
        section("OPTIONS");
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            item(parameter.paramLabel(), description(parameter));
        }
        for (OptionSpec option : command.options()) {
            String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
            item(String.join(", ", option.names()) + value, description(option));
        }
    }

    private void subcommands() {
        if (command.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        for (CommandLine subcommand : command.subcommands().values()) {
            CommandSpec spec = subcommand.getCommandSpec();
            item(spec.name(), String.join(" ", spec.usageMessage().description()) + " See " + name(spec) + "(1).");
        }
    }

    private static String description(ArgSpec argument) {
        return String.join(" ", argument.description());
    }

    private static String firstSentence(String description) {
        int end = description.indexOf(". ");
        String first = end < 0 ? description : description.substring(0, end);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    private void section(String title) {
        page.append(".SH ").append(title).append('\n');
    }

    private void item(String term, String description) {
        page.append(".TP\n.B ")
                .append(text(term))
                .append('\n')
                .append(text(description))
                .append('\n');
    }

    /** Escapes what roff would take for its own: backslashes, hyphens that are to stay hyphens, a dot that begins a line. */
    private static String text(String plain) {
        String escaped = plain.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("\"", "\\(dq")
                .replace("\n", " ");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
