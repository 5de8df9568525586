package dev.vireo.cli;

import dev.vireo.Drivers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The tool without its process: arguments in, bytes and an exit code out. */
final class CommandLineTool {
    static final int SUCCESS = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;

    private final @Nullable Drivers drivers;
    private final OutputStream out;
    private final Diagnostics diagnostics;

    /**
     * Makes a tool.
     *
     * @param drivers the drivers to use, null for the installed ones, looked for only when a command needs them
     * @param out takes standard output, UTF-8
     * @param err takes standard error, UTF-8
     */
    CommandLineTool(@Nullable Drivers drivers, OutputStream out, OutputStream err) {
        this.drivers = drivers;
        this.out = out;
        this.diagnostics = new Diagnostics(err);
    }

    int run(String... args) {
        try {
            return parseAndRun(args);
        } catch (ParameterException misuse) {
            String command = misuse.getCommandLine().getCommandSpec().qualifiedName(" ");
            diagnostics.usage(String.valueOf(misuse.getMessage()), "Try '" + command + " --help'.");
            return USAGE;
        } catch (RuntimeException | LinkageError defect) {
            diagnostics.error(defect);
            return FAILURE;
        }
    }

    private int parseAndRun(String[] args) {
        CommandLine commandLine = Specs.tool(Commands.wordIn(args));
        ParseResult result = commandLine.parseArgs(args);
        ParseResult asked = result.hasSubcommand() ? result.subcommand() : result;
        if (result.isVersionHelpRequested()) {
            return print("vireo " + version());
        }
        if (result.isUsageHelpRequested() || asked.isUsageHelpRequested()) {
            CommandLine shown = result.isUsageHelpRequested() ? commandLine : commandOf(asked);
            return print(shown.getUsageMessage(Ansi.OFF));
        }
        Command command =
                result.hasSubcommand() ? Commands.find(asked.commandSpec().name()) : null;
        if (command == null) {
            throw new ParameterException(commandLine, "Missing command: one of " + String.join(", ", Commands.NAMES));
        }
        return run(command, asked, result);
    }

    private int run(Command command, ParseResult asked, ParseResult tool) {
        boolean debug = asked.hasMatchedOption("--debug") || tool.hasMatchedOption("--debug");
        try (Invocation invocation = new Invocation(asked, uri(asked, tool), debug, drivers, diagnostics)) {
            int exitCode = command.run(invocation);
            int printed = print(invocation.out().toString());
            return printed == SUCCESS ? exitCode : printed;
        } catch (ParameterException misuse) {
            throw misuse;
        } catch (RuntimeException | LinkageError failure) {
            diagnostics.error(failure);
            if (debug) {
                diagnostics.stackTrace(failure);
            }
            return FAILURE;
        }
    }

    private static @Nullable String uri(ParseResult asked, ParseResult tool) {
        boolean before = tool.hasMatchedOption("-c");
        boolean after = asked.hasMatchedOption("-c");
        if (before && after) {
            throw new ParameterException(commandOf(asked), "option '--connect' (URI) should be specified only once");
        }
        ParseResult from = after ? asked : tool;
        return before || after ? from.<String>matchedOptionValue("-c", "") : null;
    }

    private static CommandLine commandOf(ParseResult result) {
        return result.commandSpec().commandLine();
    }

    private static String version() {
        try (InputStream version = CommandLineTool.class.getResourceAsStream("version.txt")) {
            return version == null ? "" : new String(version.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** Prints all at once. Nobody reading any more is no news to anybody, so that it is said by the exit code alone. */
    private int print(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return SUCCESS;
        } catch (IOException nobodyReads) {
            return FAILURE;
        }
    }
}
