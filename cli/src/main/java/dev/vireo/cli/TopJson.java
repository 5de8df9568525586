package dev.vireo.cli;

import dev.vireo.cli.top.Column;
import dev.vireo.cli.top.TickWriter;
import dev.vireo.cli.top.TopSettings;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Rate;
import dev.vireo.monitor.Rates;
import dev.vireo.monitor.Snapshot;

/** Writes a JSON document on a line for each interval. */
final class TopJson implements TickWriter {
    private final TopSettings settings;
    private final String denominator;
    private final StringBuilder out;

    TopJson(TopSettings settings, String denominator, StringBuilder out) {
        this.settings = settings;
        this.denominator = denominator;
        this.out = out;
    }

    @Override
    public void tick(Rates rates, int[] rows) {
        Snapshot later = rates.later();
        JsonWriter json = new JsonWriter(out);
        json.beginObject().field(JsonField.TIME).string(later.wallTime().toString());
        json.field(JsonField.INTERVAL).number(rates.interval().toNanos());
        json.field(JsonField.DRIVER).string(later.driverName());
        json.field(JsonField.PERCENT_OF).string(denominator);
        json.field(JsonField.HOST_CPU_COUNT).reading(later.hostCpuCount());
        json.field(JsonField.DOMAINS).beginArray();
        for (int row : rows) {
            domain(json, rates.domain(row));
        }
        json.endArray().endDocument();
    }

    private void domain(JsonWriter json, DomainRates domain) {
        DomainSample sample = domain.sample();
        json.beginObject().field(JsonField.ID).number(sample.id());
        json.field(JsonField.NAME).string(sample.name());
        json.field(JsonField.UUID).string(sample.uuid().toString());
        json.field(JsonField.STATE).string(sample.state().name());
        json.field(JsonField.AGE).number(sample.age().toNanos());
        json.field(JsonField.STALE);
        sample.staleReason().ifPresentOrElse(json::string, json::nothing);
        json.field(JsonField.VCPU_COUNT).reading(sample.vcpuCount());
        percent(json, JsonField.CPU_PERCENT, domain, Column.CPU);
        percent(json, JsonField.USER_PERCENT, domain, Column.USER);
        percent(json, JsonField.SYSTEM_PERCENT, domain, Column.SYSTEM);
        percent(json, JsonField.STEAL_PERCENT, domain, Column.STEAL);
        percent(json, JsonField.OVERHEAD_PERCENT, domain, Column.OVERHEAD);
        json.endObject();
    }

    private void percent(JsonWriter json, JsonField field, DomainRates domain, Column column) {
        Rate percent = column.of(domain, settings.of());
        json.field(field);
        if (percent.isKnown()) {
            json.literal(Double.toString(Math.round(percent.value() * 1000) / 1000.0));
        } else {
            json.unavailable(percent.reason().orElse(""));
        }
    }
}
