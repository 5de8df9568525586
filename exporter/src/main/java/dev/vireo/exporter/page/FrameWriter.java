package dev.vireo.exporter.page;

import dev.vireo.Reading;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.Rates;
import dev.vireo.monitor.Snapshot;

/** Writes what the page shows at one moment: rates, in CPUs that were busy. */
final class FrameWriter {
    private final JsonEncoder json;

    private FrameWriter(int expectedBytes) {
        json = new JsonEncoder(expectedBytes);
    }

    static byte[] write(String uri, Moment moment, double ageSeconds, int expectedBytes) {
        return new FrameWriter(expectedBytes).frame(uri, moment, ageSeconds);
    }

    private byte[] frame(String uri, Moment moment, double ageSeconds) {
        Snapshot last = moment.last();
        json.beginObject().key("seq").number(moment.number());
        json.key("uri").string(uri).key("error");
        json.string(moment.error());
        if (last == null) {
            json.key("time").nothing().key("interval").nothing().key("driver").nothing();
            json.key("hostCpus").beginArray().endArray();
            json.key("hostCpuCount").nothing().key("age").nothing();
            json.key("domains").beginArray().endArray();
        } else {
            json.key("age").decimal(ageSeconds);
            snapshot(moment, last);
        }
        return json.endObject().toBytes();
    }

    private void snapshot(Moment moment, Snapshot last) {
        Rates rates = moment.rates(last);
        json.key("time").string(last.wallTime().toString()).key("interval");
        if (moment.earlier() == null) {
            json.nothing();
        } else {
            json.decimal(Math.max(0, rates.interval().toNanos()) / 1e9);
        }
        json.key("driver").string(last.driverName());
        int[] hostCpus = HostCpuIds.of(last);
        json.key("hostCpus").beginArray();
        for (int cpu : hostCpus) {
            json.number(cpu);
        }
        json.endArray();
        hostCpuCount(last.hostCpuCount());
        json.key("domains").beginArray();
        DomainFrame domainFrame = new DomainFrame(json, hostCpus, moment.whyNoRates());
        for (DomainRates domain : rates.domains()) {
            domainFrame.write(domain);
        }
        json.endArray();
    }

    private void hostCpuCount(Reading count) {
        json.key("hostCpuCount");
        if (count.isAvailable()) {
            json.unsigned(count.value());
        } else {
            json.nothing().key("whyNoHostCpuCount").string(count.reason().orElse(""));
        }
    }
}
