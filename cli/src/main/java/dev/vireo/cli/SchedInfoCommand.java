package dev.vireo.cli;

import dev.vireo.Domain;
import dev.vireo.TypedParameters;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vireo schedinfo}: how a guest is scheduled, in virsh's lines. */
final class SchedInfoCommand implements Command {
    private static final int NAME_WIDTH = 15; // virsh's

    @Override
    public CommandSpec describe() {
        return Specs.withJson(Specs.withDomain(Impact.addTo(Specs.command(
                "Show how a domain is scheduled: its weight, its limits, how long it was held" + " back."))));
    }

    @Override
    public PlainSyntax plainSyntax() {
        return PlainSyntax.withParameter("--json", Impact.LIVE, Impact.CONFIG);
    }

    @Override
    public int run(Invocation invocation) {
        int flags = Impact.flags(invocation);
        Domain domain = invocation.domain();
        TypedParameters params = TypedParameters.allocate(Domain.MAX_SCHEDULER_PARAMETERS);
        int filled = domain.getSchedulerParameters(params, params.capacity(), flags);
        if (invocation.isJson()) {
            writeJson(new JsonWriter(invocation.out()), domain, params, filled);
        } else {
            append(invocation.out(), params, filled);
        }
        return CommandLineTool.SUCCESS;
    }

    private static void append(StringBuilder out, TypedParameters params, int filled) {
        for (int i = 0; i < filled; i++) {
            String name = SafeText.of(params.name(i));
            out.append(name);
            Seconds.pad(out, NAME_WIDTH - name.length(), ' ');
            out.append(": ").append(SafeText.of(params.valueAsString(i))).append('\n');
        }
    }

    private static void writeJson(JsonWriter json, Domain domain, TypedParameters params, int filled) {
        json.beginDocument(domain.connection());
        json.field(JsonField.DOMAIN).beginObject().identity(domain).endObject();
        json.field(JsonField.PARAMETERS).beginObject();
        for (int i = 0; i < filled; i++) {
            json.key(params.name(i));
            ParameterFields.value(json, params, i);
        }
        json.endObject().endDocument();
    }
}
