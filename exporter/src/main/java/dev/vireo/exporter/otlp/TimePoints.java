package dev.vireo.exporter.otlp;

import dev.vireo.Statistic;
import dev.vireo.exporter.Seconds;
import dev.vireo.exporter.otlp.PushedMetric.Part;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The points of one metric: each is made when it is asked for, from the columns of the snapshot, and is garbage when it is
 * written. A thousand domains on 64 CPUs have 64,000. Immutable.
 */
final class TimePoints extends AbstractCollection<DoublePointData> {
    private final List<PushedDomain> domains;
    private final PushedMetric metric;
    private final int size;

    TimePoints(List<PushedDomain> domains, PushedMetric metric) {
        this.domains = domains;
        this.metric = metric;
        int points = 0;
        for (PushedDomain each : domains) {
            for (Part part : metric.times()) {
                points += each.sample().count(part.statistic());
            }
        }
        size = points;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Iterator<DoublePointData> iterator() {
        return new Points();
    }

    private final class Points implements Iterator<DoublePointData> {
        private int domain;
        private int part;
        private int position;

        @Override
        public boolean hasNext() {
            while (domain < domains.size() && position >= count()) {
                position = 0;
                part++;
                if (part == metric.times().size()) {
                    part = 0;
                    domain++;
                }
            }
            return domain < domains.size();
        }

        private int count() {
            return domains.get(domain).sample().count(statistic());
        }

        private Statistic statistic() {
            return metric.times().get(part).statistic();
        }

        @Override
        public DoublePointData next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return point(domains.get(domain), metric.times().get(part), position++);
        }
    }

    private DoublePointData point(PushedDomain domain, Part part, int position) {
        Statistic statistic = part.statistic();
        return DoublePointData.create(
                domain.start(statistic.group()),
                domain.time(statistic.group()),
                attributes(domain, part, position),
                Seconds.ofNanos(domain.sample().nanosAt(statistic, position)),
                List.of());
    }

    private Attributes attributes(PushedDomain domain, Part part, int position) {
        Attributes identity = domain.identity();
        if (metric.index() == null && part.mode() == null) {
            return identity;
        }
        AttributesBuilder attributes = identity.toBuilder();
        if (metric.index() != null) {
            attributes.put(metric.index(), (long) domain.sample().index(part.statistic(), position));
        }
        if (part.mode() != null) {
            attributes.put(PushedMetric.CPU_MODE, part.mode());
        }
        return attributes.build();
    }
}
