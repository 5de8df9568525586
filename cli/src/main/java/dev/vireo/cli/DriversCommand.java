package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.InstalledDriver;
import dev.vireo.Operation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vireo drivers}: which drivers there are and what each can do. */
final class DriversCommand implements Command {
    @Override
    public CommandSpec describe() {
        CommandSpec spec =
                Specs.command("Show the drivers and what each can do; with -c also what the connection can.");
        spec.addOption(Specs.flag("print the table as Markdown, for documents", "--markdown")
                .build());
        spec.addOption(Specs.flag(
                        "show for each domain where its times per CPU come from, and why not from elsewhere",
                        "--verbose")
                .build());
        return Specs.withJson(spec);
    }

    @Override
    public int run(Invocation invocation) {
        List<InstalledDriver> drivers = invocation.drivers().list();
        boolean isVerbose = invocation.has("--verbose");
        Connection connection = isVerbose || invocation.namesConnection() ? invocation.connection() : null;
        if (invocation.isJson()) {
            writeJson(new JsonWriter(invocation.out()), drivers, connection, isVerbose);
        } else if (invocation.has("--markdown")) {
            new SupportMatrix(drivers, connection).appendMarkdown(invocation.out());
        } else {
            new SupportMatrix(drivers, connection).appendText(invocation.out());
            drivers.forEach(driver -> describe(invocation.out(), driver));
            if (isVerbose && connection != null) {
                new PerCpuSources(connection).append(invocation.out());
            }
        }
        return CommandLineTool.SUCCESS;
    }

    private static void describe(StringBuilder out, InstalledDriver driver) {
        out.append('\n').append(SafeText.of(driver.name())).append('\n');
        if (!driver.uriSchemes().isEmpty()) {
            property(out, "schemes", driver.schemesText());
        }
        property(out, "location", driver.location());
        driver.problem().ifPresent(problem -> property(out, "not usable", problem));
    }

    private static void property(StringBuilder out, String name, String value) {
        out.append("  ").append(name).append(": ").append(SafeText.of(value)).append('\n');
    }

    private static void writeJson(
            JsonWriter json, List<InstalledDriver> drivers, @Nullable Connection connection, boolean isVerbose) {
        json.beginObject().field(JsonField.DRIVERS).beginArray();
        drivers.forEach(driver -> write(json, driver));
        json.endArray().field(JsonField.CONNECTION);
        if (connection == null) {
            json.nothing();
        } else {
            json.beginDocument(connection);
            operations(json, connection.operations());
            if (isVerbose) {
                new PerCpuSources(connection).write(json);
            }
            json.endObject();
        }
        json.endDocument();
    }

    private static void write(JsonWriter json, InstalledDriver driver) {
        json.beginObject().field(JsonField.NAME).string(driver.name());
        json.field(JsonField.SCHEMES).beginArray();
        new TreeSet<>(driver.uriSchemes()).forEach(json::string);
        json.endArray();
        operations(json, driver.operations());
        json.field(JsonField.LEVEL).number(driver.level());
        json.field(JsonField.PRIORITY).number(driver.priority());
        json.field(JsonField.LOCATION).string(driver.location());
        json.field(JsonField.PROBLEM);
        if (driver.problem().isPresent()) {
            json.string(driver.problem().get());
        } else {
            json.nothing();
        }
        json.endObject();
    }

    private static void operations(JsonWriter json, Set<Operation> operations) {
        json.field(JsonField.OPERATIONS).beginArray();
        for (Operation operation : Operation.values()) {
            if (operations.contains(operation)) {
                json.string(operation.name());
            }
        }
        json.endArray();
    }
}
