package dev.vireo.cli;

import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A manual page, made of what a command says of itself. */
final class ManPage {
    private static final Pattern BLANKS = Pattern.compile(" +");
    private static final int LONGEST_LINE = 76;

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
     * @param date that of the page, as in ISO 8601
     */
    static String of(CommandSpec command, String source, String date) {
        return new ManPage(command).write(source, date);
    }

    private String write(String source, String date) {
        page.append(".TH \"").append(text(name(command).toUpperCase(java.util.Locale.ROOT)));
        page.append("\" 1 \"").append(date).append("\" \"").append(text(source));
        page.append("\" \"Vireo\"\n");
        section("NAME");
        String description = String.join(" ", command.usageMessage().description());
        lines(text(name(command)) + " \\- " + text(firstSentence(description)));
        section("SYNOPSIS");
        page.append(".B ").append(text(command.qualifiedName(" "))).append('\n');
        lines(text(synopsis()));
        section("DESCRIPTION");
        lines(text(description));
        arguments();
        subcommands();
        section("EXIT STATUS");
        item("0", "it worked");
        item("1", "the operation failed, or its output could not be written");
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
        page.append(".TP\n.B ").append(text(term)).append('\n');
        lines(text(description));
    }

    /** Appends a paragraph in lines of a length that is good style in a page's source; what shows it fills them anew. */
    private void lines(String paragraph) {
        int length = 0;
        for (String word : BLANKS.split(paragraph, -1)) {
            if (length > 0 && length + 1 + word.length() > LONGEST_LINE) {
                page.append('\n');
                length = 0;
            }
            page.append(length == 0 ? begun(word) : " " + word);
            length += word.length() + 1;
        }
        page.append('\n');
    }

    /** Escapes what roff would take for its own: backslashes, hyphens that are to stay hyphens, a dot that begins a line. */
    private static String text(String plain) {
        String escaped = plain.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("\"", "\\(dq")
                .replace("\n", " ");
        return begun(escaped);
    }

    /** Keeps what begins a line from being a request. */
    private static String begun(String escaped) {
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
