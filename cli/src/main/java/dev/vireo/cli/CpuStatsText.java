package dev.vireo.cli;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.ParameterType;
import dev.vireo.TypedParameters;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays CPU statistics out as {@code virsh cpu-stats} does. What virsh has no words for goes to standard error. */
final class CpuStatsText implements CpuStatsLayout {
    private static final int NAME_WIDTH = 12;

    private final boolean isDifference;
    private final StringBuilder out;
    private final Diagnostics diagnostics;
    private int cpusStart;

    /**
     * Makes a layout.
     *
     * @param time how long was counted, null for all of the domain's time
     */
    CpuStatsText(@Nullable Duration time, StringBuilder out, Diagnostics diagnostics) {
        this.isDifference = time != null;
        this.out = out;
        this.diagnostics = diagnostics;
    }

    @Override
    public void begin() {
        cpusStart = 0;
    }

    @Override
    public void beginCpus() {
        out.setLength(cpusStart);
    }

    @Override
    public void onlyAvailable(int cpus) {
        out.append("Only ").append(cpus).append(" CPUs available to show\n");
        cpusStart = out.length();
    }

    @Override
    public void cpu(int cpu, TypedParameters params, int from, int count) {
        out.append("CPU").append(cpu).append(":\n");
        parameters(params, from, count);
    }

    @Override
    public void noCpuStats() {
        // virsh ends this line no more than the other
        out.append("No per-CPU stats available");
    }

    @Override
    public void endCpus(@Nullable CpuStatsOrigin origin) {
        remarks("per-CPU times", origin);
    }

    @Override
    public void cpusUnavailable(String reason) {
        out.setLength(cpusStart);
        diagnostics.remark("per-CPU times unavailable: " + reason);
    }

    @Override
    public void total(TypedParameters params, int count) {
        out.append("Total:\n");
        parameters(params, 0, count);
        remarks("total", params.origin().orElse(null));
    }

    @Override
    public void noTotalStats() {
        out.append("No total stats available");
    }

    @Override
    public void totalUnavailable(String reason) {
        diagnostics.remark("total unavailable: " + reason);
    }

    @Override
    public void end() {
        out.append('\n');
    }

    private void parameters(TypedParameters params, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (params.isSet(i)) {
                parameter(params.name(i), params, i);
            }
        }
    }

    private void parameter(String name, TypedParameters params, int index) {
        out.append('\t');
        int nameStart = out.length();
        SafeText.append(out, name);
        Seconds.pad(out, NAME_WIDTH - (out.length() - nameStart), ' ');
        out.append(' ');
        if (isTime(name) && params.type(index) == ParameterType.ULLONG) {
            Seconds.append(out, params.unsignedLong(index));
            out.append(" seconds\n");
        } else {
            SafeText.append(out, params.valueAsString(index));
            out.append('\n');
        }
    }

    private static boolean isTime(String name) {
        return switch (name) {
            case "cpu_time", "vcpu_time", "user_time", "system_time" -> true;
            default -> false;
        };
    }

    private void remarks(String part, @Nullable CpuStatsOrigin origin) {
        if (origin == null) {
            return;
        }
        if (origin.since() != CpuStatsOrigin.Since.DOMAIN_START && !isDifference) {
            diagnostics.remark(part + ": " + since(origin));
        }
        for (Map.Entry<String, String> missing : origin.missing().entrySet()) {
            diagnostics.remark(part + ": " + missing.getKey() + " unavailable: " + missing.getValue());
        }
    }

    private static String since(CpuStatsOrigin origin) {
        String occasion = switch (origin.since()) {
            case DOMAIN_START -> "the domain started";
            case CONTROLLER_CREATED -> "the control group's cpu controller was created";
            case GROUP_ENTERED -> "the domain came into its control group";
            case ATTACHED -> "the counting was attached";
        };
        String time =
                origin.sinceTime().isPresent() ? " at " + origin.sinceTime().get() : "";
        return "counted since " + occasion + time + ", not since the domain's start (" + origin.source() + ")";
    }
}
