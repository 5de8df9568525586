package dev.vireo.cli;

import dev.vireo.Domain;
import dev.vireo.VcpuTimes;
import dev.vireo.VcpuTimes.Column;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vireo vcpus}: what each processor of a guest does. */
final class VcpusCommand implements Command {
    private static final int EXPECTED_VCPUS = 16;

    @Override
    public CommandSpec describe() {
        return Specs.withDomain(
                Specs.withJson(Specs.command("Show a domain's vCPUs: state, host CPU, run time, run delay (steal).")));
    }

    @Override
    public PlainSyntax plainSyntax() {
        return PlainSyntax.withParameter("--json");
    }

    @Override
    public int run(Invocation invocation) {
        Domain domain = invocation.domain();
        VcpuTimes vcpus = VcpuTimes.allocate(EXPECTED_VCPUS);
        domain.getVcpus(vcpus);
        if (invocation.isJson()) {
            writeJson(new JsonWriter(invocation.out()), domain, vcpus);
        } else {
            writeTable(invocation, vcpus);
        }
        return CommandLineTool.SUCCESS;
    }

    private static void writeTable(Invocation invocation, VcpuTimes vcpus) {
        Table table = new Table("VCPU", "State", "CPU", "Run time", "Delay");
        for (int row = 0; row < vcpus.size(); row++) {
            table.row(
                    Integer.toString(vcpus.number(row)),
                    words(vcpus, row),
                    vcpus.has(row, Column.CPU) ? Integer.toString(vcpus.cpu(row)) : "-",
                    vcpus.has(row, Column.RUN_TIME) ? seconds(vcpus.runTimeNanos(row)) : "-",
                    vcpus.has(row, Column.DELAY) ? seconds(vcpus.delayNanos(row)) : "-");
        }
        table.appendTo(invocation.out());
        for (Column column : Column.values()) {
            if (isIncomplete(vcpus, column)) {
                invocation.diagnostics().remark(title(column) + " unavailable: " + reason(vcpus, column));
            }
        }
    }

    private static String seconds(long nanos) {
        return Seconds.of(nanos) + "s";
    }

    private static String words(VcpuTimes vcpus, int row) {
        return switch (vcpus.state(row)) {
            case OFFLINE -> "offline";
            case RUNNING -> "running";
            case BLOCKED -> "blocked";
            case UNAVAILABLE -> "-";
        };
    }

    private static boolean isIncomplete(VcpuTimes vcpus, Column column) {
        for (int row = 0; row < vcpus.size(); row++) {
            if (!vcpus.has(row, column)) {
                return true;
            }
        }
        return false;
    }

    private static String title(Column column) {
        return switch (column) {
            case CPU -> "CPU";
            case RUN_TIME -> "run time";
            case DELAY -> "delay";
        };
    }

    private static String reason(VcpuTimes vcpus, Column column) {
        return vcpus.reason(column).orElse("the driver does not give it");
    }

    private static void writeJson(JsonWriter json, Domain domain, VcpuTimes vcpus) {
        json.beginDocument(domain.connection());
        json.field(JsonField.DOMAIN).beginObject().identity(domain).endObject();
        json.field(JsonField.VCPUS).beginArray();
        for (int row = 0; row < vcpus.size(); row++) {
            json.beginObject().field(JsonField.VCPU).number(vcpus.number(row));
            json.field(JsonField.STATE).string(vcpus.state(row).name());
            for (Column column : Column.values()) {
                json.field(field(column));
                value(json, vcpus, row, column);
            }
            json.endObject();
        }
        json.endArray().endDocument();
    }

    private static JsonField field(Column column) {
        return switch (column) {
            case CPU -> JsonField.CPU;
            case RUN_TIME -> JsonField.RUN_TIME;
            case DELAY -> JsonField.DELAY;
        };
    }

    private static void value(JsonWriter json, VcpuTimes vcpus, int row, Column column) {
        if (!vcpus.has(row, column)) {
            json.unavailable(reason(vcpus, column));
            return;
        }
        switch (column) {
            case CPU -> json.number(vcpus.cpu(row));
            case RUN_TIME -> json.unsigned(vcpus.runTimeNanos(row));
            case DELAY -> json.unsigned(vcpus.delayNanos(row));
        }
    }
}
