package dev.vireo.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vireo completion}: prints a bash completion script, made from what the commands say of themselves. */
final class CompletionCommand implements Command {
    @Override
    public CommandSpec describe() {
        return Specs.command("Print a bash completion script.");
    }

    @Override
    public int run(Invocation invocation) {
        invocation.out().append(AutoComplete.bash("vireo", Specs.withCommands(Commands.NAMES)));
        return CommandLineTool.SUCCESS;
    }
}
