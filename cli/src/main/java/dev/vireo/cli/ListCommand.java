package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.DomainState;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vireo list}: the running domains. */
final class ListCommand implements Command {
    @Override
    public CommandSpec describe() {
        return Specs.withJson(Specs.command("List the running domains."));
    }

    @Override
    public PlainSyntax plainSyntax() {
        return PlainSyntax.withoutParameter("--json");
    }

    @Override
    public int run(Invocation invocation) {
        if (invocation.isJson()) {
            writeJson(invocation);
        } else {
            writeTable(invocation);
        }
        return CommandLineTool.SUCCESS;
    }

    private static void writeTable(Invocation invocation) {
        Connection connection = invocation.connection();
        boolean hasState = connection.supports(Operation.DOMAIN_GET_INFO);
        Table table = new Table("Id", "Name", "UUID", "State");
        for (Domain domain : connection.listDomains()) {
            String state = hasState ? state(domain, invocation.diagnostics()) : "-";
            table.row(id(domain), domain.name(), domain.uuid().toString(), state);
        }
        table.appendTo(invocation.out());
    }

    private static String id(Domain domain) {
        return domain.id() < 0 ? "-" : Integer.toString(domain.id());
    }

    /** Returns a domain's state in virsh's words; one that cannot tell does not keep the others from the list. */
    private static String state(Domain domain, Diagnostics diagnostics) {
        try {
            return words(domain.getInfo().state());
        } catch (HypervisorException failure) {
            diagnostics.remark("state of '" + domain.name() + "' unavailable: " + failure.getMessage());
            return "-";
        }
    }

    private static String words(DomainState state) {
        return switch (state) {
            case NOSTATE -> "no state";
            case RUNNING -> "running";
            case BLOCKED -> "idle";
            case PAUSED -> "paused";
            case SHUTDOWN -> "in shutdown";
            case SHUTOFF -> "shut off";
            case CRASHED -> "crashed";
            case PMSUSPENDED -> "pmsuspended";
        };
    }

    private static void writeJson(Invocation invocation) {
        Connection connection = invocation.connection();
        JsonWriter json = new JsonWriter(invocation.out());
        json.beginDocument(connection).field(JsonField.DOMAINS).beginArray();
        for (Domain domain : connection.listDomains()) {
            json.beginObject().identity(domain).field(JsonField.STATE);
            state(json, domain);
            json.endObject();
        }
        json.endArray().endDocument();
    }

    private static void state(JsonWriter json, Domain domain) {
        try {
            json.string(domain.getInfo().state().name());
        } catch (HypervisorException failure) {
            json.unavailable(String.valueOf(failure.getMessage()));
        }
    }
}
