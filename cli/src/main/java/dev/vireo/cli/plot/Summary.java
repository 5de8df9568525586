package dev.vireo.cli.plot;

import dev.vireo.Statistic;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.Rate;
import dev.vireo.monitor.Rates;
import dev.vireo.monitor.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The first look at a recording: from when to when, of whom, and who used most. */
final class Summary implements RecordedTimes.Visitor {
    private final Map<String, DomainUse> uses = new LinkedHashMap<>();
    private String driverName = "";
    private double firstMillis;
    private double lastMillis;
    private int snapshots;
    private @Nullable String noSteal;
    private @Nullable String noHostCpus;
    private @Nullable String cut;

    private Summary() {}

    static Summary of(Path file) throws IOException {
        Summary summary = new Summary();
        summary.cut = RecordedTimes.walk(file, summary);
        return summary;
    }

    @Override
    public void first(Snapshot snapshot, double millis) {
        driverName = snapshot.driverName();
        firstMillis = millis;
        lastMillis = millis;
        snapshots = 1;
        snapshot.domains().forEach(domain -> use(domain.uuid() + domain.name(), domain.uuid(), domain.name()));
    }

    @Override
    public void rates(Rates rates, double millis, int number) {
        lastMillis = millis;
        snapshots++;
        for (DomainRates domain : rates.domains()) {
            use(key(domain), domain.sample().uuid(), domain.sample().name()).add(domain);
            noteReasons(domain);
        }
    }

    private DomainUse use(String key, UUID uuid, String name) {
        return uses.computeIfAbsent(key, unused -> new DomainUse(uuid, name));
    }

    private void noteReasons(DomainRates domain) {
        if (domain.total().isKnown()) {
            Rate steal = domain.steal();
            noSteal = noSteal == null ? steal.reason().orElse(null) : noSteal;
            if (domain.sample().count(Statistic.HOST_CPU_TIME) == 0) {
                noHostCpus = noHostCpus == null ? domain.hostCpu(0).reason().orElse(null) : noHostCpus;
            }
        }
    }

    /** Which line of the picture a row belongs to: the runs of a domain are one line, with gaps between them. */
    static String key(DomainRates domain) {
        return domain.sample().uuid() + domain.sample().name();
    }

    static String key(DomainUse use) {
        return use.uuid() + use.name();
    }

    /** Returns the domains, those that used most first. */
    List<DomainUse> domains() {
        List<DomainUse> sorted = new ArrayList<>(uses.values());
        sorted.sort(Comparator.comparingDouble(DomainUse::cpuSeconds).reversed());
        return sorted;
    }

    String driverName() {
        return driverName;
    }

    double firstMillis() {
        return firstMillis;
    }

    double lastMillis() {
        return lastMillis;
    }

    int snapshots() {
        return snapshots;
    }

    /** Returns why some steal is missing. */
    String noSteal() {
        return noSteal == null ? "there were no rates" : noSteal;
    }

    /** Returns why times per host CPU are missing. */
    String noHostCpus() {
        return noHostCpus == null ? "there were no rates" : noHostCpus;
    }

    @Nullable String cut() {
        return cut;
    }
}
