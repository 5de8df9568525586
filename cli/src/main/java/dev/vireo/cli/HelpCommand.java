package dev.vireo.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** {@code vireo help [COMMAND]}. */
final class HelpCommand implements Command {
    @Override
    public CommandSpec describe() {
        return Specs.command("Print the help of the tool or of a command.")
                .addPositional(PositionalParamSpec.builder()
                        .index("0")
                        .arity("0..1")
                        .paramLabel("COMMAND")
                        .type(String.class)
                        .description("the command")
                        .build());
    }

    @Override
    public int run(Invocation invocation) {
        CommandLine tool = Specs.withCommands(Commands.NAMES);
        invocation.out().append(shown(tool, invocation.parameter()).getUsageMessage(Ansi.OFF));
        return CommandLineTool.SUCCESS;
    }

    private static CommandLine shown(CommandLine tool, @Nullable String name) {
        if (name == null) {
            return tool;
        }
        CommandLine command = tool.getSubcommands().get(name);
        if (command == null) {
            throw new ParameterException(tool, "Unknown command '" + name + "'");
        }
        return command;
    }
}
