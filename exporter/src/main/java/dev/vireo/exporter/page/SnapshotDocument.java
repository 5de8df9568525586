package dev.vireo.exporter.page;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Rate;
import dev.vireo.monitor.Snapshot;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the document of {@code /api/v1/snapshot}: each counter or why it is unavailable, where it comes from, and the rate
 * since the sample before or why there is none. {@code docs/page.md} describes it.
 */
final class SnapshotDocument {
    private final JsonEncoder json;
    private final @Nullable String noRates;

    private SnapshotDocument(JsonEncoder json, @Nullable String noRates) {
        this.json = json;
        this.noRates = noRates;
    }

    static byte[] write(String uri, Moment moment, double ageSeconds, int expectedBytes) {
        JsonEncoder json = new JsonEncoder(expectedBytes);
        new SnapshotDocument(json, moment.whyNoRates()).document(uri, moment, ageSeconds);
        return json.toBytes();
    }

    private void document(String uri, Moment moment, double ageSeconds) {
        Snapshot last = moment.last();
        json.beginObject().key("uri").string(uri).key("error");
        json.string(moment.error());
        json.key("time");
        json.string(last == null ? null : last.wallTime().toString());
        json.key("driver");
        json.string(last == null ? null : last.driverName());
        json.key("domains").beginArray();
        if (last != null) {
            moment.rates(last).domains().forEach(this::domain);
        }
        json.endArray();
        if (last != null) {
            json.key("age").decimal(ageSeconds);
        }
        json.key("hostCpuCount");
        reading(last == null ? Reading.unavailable("nothing has been read yet") : last.hostCpuCount());
        json.endObject();
    }

    private void domain(DomainRates domain) {
        DomainSample sample = domain.sample();
        json.beginObject();
        DomainFrame.identity(json, sample);
        json.key("firstSeen").string(sample.run().firstSeen().toString());
        DomainFrame.staleness(json, sample);
        json.key("sources").beginObject();
        for (StatsGroup group : StatsGroup.values()) {
            json.key(group.name().toLowerCase(Locale.ROOT));
            source(sample, group);
        }
        json.endObject().key("vcpuCount");
        reading(sample.vcpuCount());
        time("cpu", domain, Statistic.CPU_TIME, 0);
        time("user", domain, Statistic.CPU_USER, 0);
        time("system", domain, Statistic.CPU_SYSTEM, 0);
        hostCpus(domain);
        vcpus(domain);
        json.endObject();
    }

    private void source(DomainSample sample, StatsGroup group) {
        json.beginObject().key("source").string(sample.source(group));
        sample.origin(group).ifPresent(this::since);
        json.endObject();
    }

    private void since(CpuStatsOrigin origin) {
        json.key("since").string(origin.since().name().toLowerCase(Locale.ROOT)).key("sinceTime");
        json.string(origin.sinceTime().map(Objects::toString).orElse(null));
    }

    private void hostCpus(DomainRates domain) {
        json.key("hostCpus");
        each(domain, Statistic.HOST_CPU_TIME, cpu -> {
            json.key("cpu").number(cpu);
            time("time", domain, Statistic.HOST_CPU_TIME, cpu);
        });
    }

    private void vcpus(DomainRates domain) {
        json.key("vcpus");
        each(domain, Statistic.VCPU_TIME, vcpu -> {
            json.key("vcpu").number(vcpu);
            time("run", domain, Statistic.VCPU_TIME, vcpu);
            time("delay", domain, Statistic.VCPU_DELAY, vcpu);
        });
    }

    private interface Element {
        void write(int index);
    }

    private void each(DomainRates domain, Statistic statistic, Element element) {
        DomainSample sample = domain.sample();
        if (sample.count(statistic) == 0) {
            reading(sample.nanos(statistic, 0));
            return;
        }
        json.beginArray();
        for (int position = 0; position < sample.count(statistic); position++) {
            json.beginObject();
            element.write(sample.index(statistic, position));
            json.endObject();
        }
        json.endArray();
    }

    private void time(String name, DomainRates domain, Statistic statistic, int index) {
        json.key(name).beginObject();
        Reading nanos = domain.sample().nanos(statistic, index);
        if (nanos.isAvailable()) {
            json.key("nanos").unsigned(nanos.value());
            rate(domain.of(statistic, index));
        } else {
            json.key("unavailable").string(nanos.reason().orElse(""));
        }
        json.endObject();
    }

    private void rate(Rate rate) {
        if (noRates == null && rate.isKnown()) {
            json.key("rate").decimal(rate.value());
        } else {
            json.key("noRate").string(noRates == null ? rate.reason().orElse("") : noRates);
        }
    }

    private void reading(Reading reading) {
        if (reading.isAvailable()) {
            json.unsigned(reading.value());
        } else {
            json.beginObject()
                    .key("unavailable")
                    .string(reading.reason().orElse(""))
                    .endObject();
        }
    }
}
