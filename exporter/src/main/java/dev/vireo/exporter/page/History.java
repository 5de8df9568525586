package dev.vireo.exporter.page;

import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.Rates;
import dev.vireo.monitor.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The use and the steal of each domain over the last ten minutes: a ring of {@value #POINTS} points for each, as floats, some
 * 5 KB a domain. Samples that come faster than a point a second are put together: the rate of a point is over all the time
 * since the point before. A domain that is gone is forgotten at once. Not thread-safe.
 */
final class History {
    /** The most points there are. */
    static final int POINTS = 600;

    private static final long SPAN_NANOS = Duration.ofMinutes(10).toNanos();
    /** A sample each second may come a little early. */
    private static final long LEAST_DISTANCE_NANOS = SPAN_NANOS / POINTS * 9 / 10;

    private final long[] monotonicNanos;
    private final Instant[] times;
    private final List<HistoryLine> lines = new ArrayList<>();
    private int next;
    private int size;
    private @Nullable Snapshot lastPoint;

    History() {
        monotonicNanos = new long[POINTS];
        times = new Instant[POINTS];
    }

    private History(History other) {
        monotonicNanos = other.monotonicNanos.clone();
        times = other.times.clone();
        other.lines.forEach(line -> lines.add(line.copy()));
        next = other.next;
        size = other.size;
        lastPoint = other.lastPoint;
    }

    /** Returns one that stays as this is now: far sooner made than written. */
    History copy() {
        return new History(this);
    }

    void add(Snapshot snapshot) {
        Snapshot before = lastPoint;
        if (before == null || snapshot.monotonicNanos() - before.monotonicNanos() >= LEAST_DISTANCE_NANOS) {
            lastPoint = snapshot;
            if (before != null) {
                point(Rates.between(before, snapshot));
            }
        }
    }

    /** Tells of the points that are at most ten minutes older than the last one. */
    void write(JsonEncoder json) {
        int first = firstTold();
        json.beginObject().key("times").beginArray();
        for (int age = first; age > 0; age--) {
            json.string(times[slot(age)].toString());
        }
        json.endArray().key("domains").beginArray();
        for (HistoryLine line : lines) {
            DomainRun run = line.run();
            json.beginObject().key("uuid").string(run.uuid().toString());
            json.key("id").number(run.id()).key("name").string(run.name());
            json.key("cpu");
            values(json, line.cpu(), first);
            json.key("delay");
            values(json, line.delay(), first);
            json.endObject();
        }
        json.endArray().endObject();
    }

    int size() {
        return size;
    }

    private void point(Rates rates) {
        monotonicNanos[next] = rates.later().monotonicNanos();
        times[next] = rates.later().wallTime();
        follow(rates);
        for (int row = 0; row < rates.size(); row++) {
            DomainRates domain = rates.domain(row);
            lines.get(row).set(next, domain.total(), domain.steal());
        }
        next = (next + 1) % POINTS;
        size = Math.min(size + 1, POINTS);
    }

    /** Puts the lines into the order of the snapshot, which as a rule they have, with a new one for each run that is new. */
    private void follow(Rates rates) {
        boolean same = lines.size() == rates.size();
        for (int row = 0; same && row < rates.size(); row++) {
            same = lines.get(row).run().equals(rates.domain(row).sample().run());
        }
        if (same) {
            return;
        }
        Map<DomainRun, HistoryLine> byRun = new HashMap<>();
        lines.forEach(line -> byRun.put(line.run(), line));
        lines.clear();
        for (DomainRates domain : rates.domains()) {
            DomainRun run = domain.sample().run();
            HistoryLine line = byRun.get(run);
            lines.add(line == null ? new HistoryLine(run, POINTS) : line);
        }
    }

    /** Returns the slot of the point that is so many points old; the last one is 1 old. */
    private int slot(int age) {
        return Math.floorMod(next - age, POINTS);
    }

    private int firstTold() {
        int told = 0;
        while (told < size && monotonicNanos[slot(1)] - monotonicNanos[slot(told + 1)] <= SPAN_NANOS) {
            told++;
        }
        return told;
    }

    private void values(JsonEncoder json, float[] ring, int first) {
        json.beginArray();
        for (int age = first; age > 0; age--) {
            float value = ring[slot(age)];
            if (Float.isNaN(value)) {
                json.nothing();
            } else {
                json.decimal(value);
            }
        }
        json.endArray();
    }
}
