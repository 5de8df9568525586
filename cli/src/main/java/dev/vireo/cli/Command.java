package dev.vireo.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** One of the tool's commands. Made anew for each run. */
interface Command {
    /** Describes the command's own options and parameters. */
    CommandSpec describe();

    /** Returns the command's options in their plainest form, null if picocli is to read each of its lines. */
    default @Nullable PlainSyntax plainSyntax() {
        return null;
    }

    /**
     * Does it.
     *
     * @param invocation the options, the connection and where the output goes
     * @return the exit code
     */
    int run(Invocation invocation);
}
