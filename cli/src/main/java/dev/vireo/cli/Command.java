package dev.vireo.cli;

import picocli.CommandLine.Model.CommandSpec;

/** One of the tool's commands. Made anew for each run. */
interface Command {
    /** Describes the command's own options and parameters. */
    CommandSpec describe();

    /**
     * Does it.
     *
     * @param invocation the options, the connection and where the output goes
     * @return the exit code
     */
    int run(Invocation invocation);
}
