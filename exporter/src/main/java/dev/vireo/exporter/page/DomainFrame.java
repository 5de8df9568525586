package dev.vireo.exporter.page;

import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Rate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one domain of a frame: numbers, null where there is none, and then why. Not thread-safe. */
final class DomainFrame {
    private final JsonEncoder json;
    private final int[] hostCpus;
    /** Why no domain has a rate at all, null if some may have. */
    private final @Nullable String noRates;

    private final Map<String, String> why = new LinkedHashMap<>();

    DomainFrame(JsonEncoder json, int[] hostCpus, @Nullable String noRates) {
        this.json = json;
        this.hostCpus = hostCpus;
        this.noRates = noRates;
    }

    void write(DomainRates domain) {
        why.clear();
        DomainSample sample = domain.sample();
        json.beginObject();
        identity(json, sample);
        json.key("vcpuCount");
        reading(json, sample.vcpuCount(), "vcpuCount");
        rate("cpu", domain.total());
        rate("user", domain.user());
        rate("system", domain.system());
        rate("delay", domain.steal());
        perCpu(domain);
        vcpus(domain);
        staleness(json, sample);
        whys();
        json.endObject();
    }

    static void identity(JsonEncoder json, DomainSample sample) {
        json.key("uuid").string(sample.uuid().toString());
        json.key("id").number(sample.id());
        json.key("name").string(sample.name());
        json.key("state").string(sample.state().name().toLowerCase(Locale.ROOT));
    }

    static void staleness(JsonEncoder json, DomainSample sample) {
        json.key("stale");
        json.string(sample.staleReason().orElse(null));
        json.key("age").decimal(sample.age().toNanos() / 1e9);
    }

    private void reading(JsonEncoder to, Reading reading, String name) {
        if (reading.isAvailable()) {
            to.unsigned(reading.value());
        } else {
            to.nothing();
            why.put(name, reading.reason().orElse(""));
        }
    }

    private void rate(String name, Rate rate) {
        json.key(name);
        value(rate);
        if (!isKnown(rate)) {
            why.put(name, reason(rate));
        }
    }

    private void value(Rate rate) {
        if (isKnown(rate)) {
            json.decimal(rate.value());
        } else {
            json.nothing();
        }
    }

    private void perCpu(DomainRates domain) {
        Rate known = firstKnown(domain);
        json.key("perCpu");
        if (!isKnown(known)) {
            json.nothing();
            why.put("perCpu", reason(known));
            return;
        }
        json.beginArray();
        for (int cpu : hostCpus) {
            value(domain.hostCpu(cpu));
        }
        json.endArray();
    }

    /** Returns a rate on some host CPU, or why there is none on any. */
    private Rate firstKnown(DomainRates domain) {
        Rate first = domain.hostCpu(hostCpus.length == 0 ? 0 : hostCpus[0]);
        for (int cpu : hostCpus) {
            Rate rate = domain.hostCpu(cpu);
            if (rate.isKnown()) {
                return rate;
            }
        }
        return first;
    }

    private void vcpus(DomainRates domain) {
        DomainSample sample = domain.sample();
        int count = sample.count(Statistic.VCPU_TIME);
        json.key("vcpus");
        if (count == 0 || noRates != null || domain.interval().isEmpty()) {
            json.nothing();
            why.put("vcpus", reason(domain.vcpu(count == 0 ? 0 : sample.index(Statistic.VCPU_TIME, 0))));
            return;
        }
        json.beginArray();
        for (int position = 0; position < count; position++) {
            vcpu(domain, sample.index(Statistic.VCPU_TIME, position));
        }
        json.endArray();
    }

    private void vcpu(DomainRates domain, int vcpu) {
        Rate run = domain.vcpu(vcpu);
        Rate delay = domain.steal(vcpu);
        json.beginObject().key("vcpu").number(vcpu).key("run");
        value(run);
        json.key("delay");
        value(delay);
        if (!isKnown(run) || !isKnown(delay)) {
            json.key("why").string(reason(isKnown(run) ? delay : run));
        }
        json.endObject();
    }

    private void whys() {
        json.key("why").beginObject();
        why.forEach((name, reason) -> json.key(name).string(reason));
        json.endObject();
    }

    private boolean isKnown(Rate rate) {
        return noRates == null && rate.isKnown();
    }

    private String reason(Rate rate) {
        return noRates != null ? noRates : rate.reason().orElse("");
    }
}
