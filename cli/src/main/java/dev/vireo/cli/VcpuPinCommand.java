package dev.vireo.cli;

import dev.vireo.Domain;
import dev.vireo.VcpuPin;
import java.util.BitSet;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vireo vcpupin}: on which host CPUs a guest's vCPUs may run, in virsh's table. */
final class VcpuPinCommand implements Command {
    private static final String VCPU = "VCPU";
    private static final String AFFINITY = "CPU Affinity";
    private static final int GAP = 3;

    @Override
    public CommandSpec describe() {
        return Specs.withJson(Specs.withDomain(
                Impact.addTo(Specs.command("Show on which host CPUs each vCPU of a domain may run."))));
    }

    @Override
    public PlainSyntax plainSyntax() {
        return PlainSyntax.withParameter("--json", Impact.LIVE, Impact.CONFIG);
    }

    @Override
    public int run(Invocation invocation) {
        int flags = Impact.flags(invocation);
        Domain domain = invocation.domain();
        List<VcpuPin> pins = domain.getVcpuPinInfo(flags);
        if (invocation.isJson()) {
            writeJson(new JsonWriter(invocation.out()), domain, pins);
        } else {
            append(invocation.out(), pins);
        }
        return CommandLineTool.SUCCESS;
    }

    /** virsh begins each line of a table with a blank, rules the head off, and ends with an empty line. */
    private static void append(StringBuilder out, List<VcpuPin> pins) {
        int numberWidth = VCPU.length();
        int affinityWidth = AFFINITY.length();
        for (VcpuPin pin : pins) {
            numberWidth = Math.max(numberWidth, Integer.toString(pin.vcpu()).length());
            affinityWidth = Math.max(affinityWidth, affinity(pin).length());
        }
        line(out, numberWidth, VCPU, AFFINITY);
        Seconds.pad(out, numberWidth + affinityWidth + 2 * GAP, '-');
        out.append('\n');
        for (VcpuPin pin : pins) {
            line(out, numberWidth, Integer.toString(pin.vcpu()), affinity(pin));
        }
        out.append('\n');
    }

    private static void line(StringBuilder out, int numberWidth, String number, String affinity) {
        out.append(' ').append(number);
        Seconds.pad(out, numberWidth - number.length() + GAP, ' ');
        out.append(affinity).append('\n');
    }

    private static String affinity(VcpuPin pin) {
        BitSet cpus = pin.cpus();
        return NodeText.ranges(cpus.length(), cpus::get);
    }

    private static void writeJson(JsonWriter json, Domain domain, List<VcpuPin> pins) {
        json.beginDocument(domain.connection());
        json.field(JsonField.DOMAIN).beginObject().identity(domain).endObject();
        json.field(JsonField.VCPUS).beginArray();
        for (VcpuPin pin : pins) {
            json.beginObject().field(JsonField.VCPU).number(pin.vcpu());
            json.field(JsonField.CPUS).beginArray();
            pin.cpus().stream().forEach(json::number);
            json.endArray().endObject();
        }
        json.endArray().endDocument();
    }
}
