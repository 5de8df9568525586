package dev.vireo.cli;

import dev.vireo.Connection;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vireo node}: what the host is. */
final class NodeCommand implements Command {
    @Override
    public CommandSpec describe() {
        return Specs.withJson(Specs.command("Show the host: CPUs, memory, topology, CPU times."));
    }

    @Override
    public PlainSyntax plainSyntax() {
        return PlainSyntax.withoutParameter("--json");
    }

    @Override
    public int run(Invocation invocation) {
        Connection connection = invocation.connection();
        NodeReport report = NodeReport.of(connection);
        if (invocation.isJson()) {
            NodeJson.write(new JsonWriter(invocation.out()), connection, report);
        } else {
            NodeText.append(invocation.out(), connection, report);
        }
        return report.isEmpty() ? CommandLineTool.FAILURE : CommandLineTool.SUCCESS;
    }
}
