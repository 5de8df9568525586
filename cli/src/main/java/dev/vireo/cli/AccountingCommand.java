package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.CpuAccounting;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** {@code vireo accounting}: counting that goes on when no program reads. */
final class AccountingCommand implements Command {
    @Override
    public CommandSpec describe() {
        CommandSpec spec =
                Specs.command("Have the host count the CPU time of domains on each CPU, also when nobody reads.");
        return Specs.withJson(Specs.withParameter(spec, "start|stop|status", "what to do"));
    }

    @Override
    public int run(Invocation invocation) {
        String action = String.valueOf(invocation.parameter());
        switch (action) {
            case "start" -> invocation.writableConnection().startCpuAccounting();
            case "stop" -> invocation.writableConnection().stopCpuAccounting();
            case "status" -> invocation.connection();
            default ->
                throw new ParameterException(
                        invocation.commandLine(), "Unknown action '" + action + "': one of start, stop, status");
        }
        Connection connection = invocation.connection();
        CpuAccounting accounting = connection.getCpuAccounting();
        if (invocation.isJson()) {
            write(new JsonWriter(invocation.out()), connection, accounting);
        } else {
            append(invocation.out(), accounting);
        }
        return CommandLineTool.SUCCESS;
    }

    private static void append(StringBuilder out, CpuAccounting accounting) {
        out.append(accounting.running() ? "running" : "not running");
        accounting.since().ifPresent(since -> out.append(" since ").append(since));
        out.append(": ").append(SafeText.of(accounting.detail())).append('\n');
    }

    private static void write(JsonWriter json, Connection connection, CpuAccounting accounting) {
        json.beginDocument(connection);
        json.field(JsonField.ACCOUNTING).beginObject();
        json.field(JsonField.RUNNING).truth(accounting.running());
        json.field(JsonField.SINCE_TIME);
        if (accounting.since().isPresent()) {
            json.string(accounting.since().get().toString());
        } else {
            json.nothing();
        }
        json.field(JsonField.DETAIL).string(accounting.detail()).endObject();
        json.endDocument();
    }
}
