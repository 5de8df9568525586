package dev.vireo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command line as picocli reads it: each that can be written, and what is wrong with one that cannot be run. */
final class ThoroughLine {
    private final CommandLine tool;
    private final ParseResult result;
    private final ParseResult asked;

    private ThoroughLine(CommandLine tool, ParseResult result) {
        this.tool = tool;
        this.result = result;
        this.asked = result.hasSubcommand() ? result.subcommand() : result;
    }

    static ThoroughLine of(String[] args) {
        CommandLine tool = Specs.tool(Commands.wordIn(args));
        return new ThoroughLine(tool, tool.parseArgs(args));
    }

    /** Returns what is to be printed without running any command, null if one is to be run. */
    @Nullable String answer() {
        if (result.isVersionHelpRequested()) {
            return "vireo " + version() + "\n";
        }
        if (result.isUsageHelpRequested() || asked.isUsageHelpRequested()) {
            CommandLine shown = result.isUsageHelpRequested() ? tool : commandOf(asked);
            return shown.getUsageMessage(Ansi.OFF);
        }
        return null;
    }

    Command command() {
        Command command =
                result.hasSubcommand() ? Commands.find(asked.commandSpec().name()) : null;
        if (command == null) {
            throw new ParameterException(tool, "Missing command: one of " + String.join(", ", Commands.NAMES));
        }
        return command;
    }

    Options options() {
        return new ParsedOptions(asked);
    }

    boolean isDebug() {
        return asked.hasMatchedOption("--debug") || result.hasMatchedOption("--debug");
    }

    @Nullable String uri() {
        boolean before = result.hasMatchedOption("-c");
        boolean after = asked.hasMatchedOption("-c");
        if (before && after) {
            throw new ParameterException(commandOf(asked), "option '--connect' (URI) should be specified only once");
        }
        ParseResult from = after ? asked : result;
        return before || after ? from.<String>matchedOptionValue("-c", "") : null;
    }

    /** Tells whether a failure means that the command line is wrong. */
    static boolean isMisuse(RuntimeException failure) {
        return failure instanceof ParameterException;
    }

    static void tell(RuntimeException failure, Diagnostics diagnostics) {
        String command =
                ((ParameterException) failure).getCommandLine().getCommandSpec().qualifiedName(" ");
        diagnostics.usage(String.valueOf(failure.getMessage()), "Try '" + command + " --help'.");
    }

    private static CommandLine commandOf(ParseResult result) {
        return result.commandSpec().commandLine();
    }

    /** Returns the version of the command. */
    static String version() {
        try (InputStream version = ThoroughLine.class.getResourceAsStream("version.txt")) {
            return version == null ? "" : new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            return "";
        }
    }
}
