package dev.vireo.cli;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.Domain;
import dev.vireo.TypedParameters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lays CPU statistics out as one JSON document. */
final class CpuStatsJson implements CpuStatsLayout {
    private static final ParameterFields TOTAL_FIELDS =
            new ParameterFields(JsonField.CPU_TIME, JsonField.USER_TIME, JsonField.SYSTEM_TIME);
    private static final ParameterFields CPU_FIELDS = new ParameterFields(JsonField.CPU_TIME, JsonField.VCPU_TIME);

    private final Domain domain;
    private final @Nullable Duration time;
    private final JsonWriter json;
    private final Diagnostics diagnostics;
    private int cpusStart = -1;

    /**
     * Makes a layout.
     *
     * @param time how long was counted, null for all of the domain's time
     */
    CpuStatsJson(Domain domain, @Nullable Duration time, StringBuilder out, Diagnostics diagnostics) {
        this.domain = domain;
        this.time = time;
        this.json = new JsonWriter(out);
        this.diagnostics = diagnostics;
    }

    @Override
    public void begin() {
        json.beginDocument(domain.connection());
        json.field(JsonField.DOMAIN).beginObject().identity(domain).endObject();
        if (time != null) {
            json.field(JsonField.FOR).number(time.toNanos());
        }
        cpusStart = json.length();
    }

    @Override
    public void beginCpus() {
        json.cutBackTo(cpusStart);
        json.field(JsonField.HOST_CPUS).beginObject().field(JsonField.CPUS).beginArray();
    }

    @Override
    public void onlyAvailable(int cpus) {
        diagnostics.remark("only " + cpus + " CPUs available to show");
    }

    @Override
    public void cpu(int cpu, TypedParameters params, int from, int count) {
        json.beginObject().field(JsonField.CPU).number(cpu);
        CPU_FIELDS.write(json, params, from, count);
        json.endObject();
    }

    @Override
    public void noCpuStats() {
        cpusUnavailable("No per-CPU stats available");
    }

    @Override
    public void endCpus(@Nullable CpuStatsOrigin origin) {
        json.endArray();
        OriginJson.write(json, origin);
        json.endObject();
    }

    @Override
    public void cpusUnavailable(String reason) {
        json.cutBackTo(cpusStart);
        json.field(JsonField.HOST_CPUS).unavailable(reason);
    }

    @Override
    public void total(TypedParameters params, int count) {
        json.field(JsonField.TOTAL).beginObject();
        TOTAL_FIELDS.write(json, params, 0, count);
        OriginJson.write(json, params.origin().orElse(null));
        json.endObject();
    }

    @Override
    public void noTotalStats() {
        totalUnavailable("No total stats available");
    }

    @Override
    public void totalUnavailable(String reason) {
        json.field(JsonField.TOTAL).unavailable(reason);
    }

    @Override
    public void end() {
        json.endDocument();
    }
}
