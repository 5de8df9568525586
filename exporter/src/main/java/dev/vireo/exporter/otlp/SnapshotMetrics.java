package dev.vireo.exporter.otlp;

import dev.vireo.Reading;
import dev.vireo.StatsGroup;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;

/** Makes OpenTelemetry's metrics of domains. What is not available is absent, and no point is a number that was not read. */
final class SnapshotMetrics {
    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("dev.vireo");
    /** Some 2.5 MB before they are compressed: OpenTelemetry's collector refuses more than 20. */
    private static final int MOST_POINTS = 20_000;

    private static final String SECONDS = "s";
    private static final String CPUS = "{cpu}";

    private final Resource resource;
    private final boolean hostCpus;

    SnapshotMetrics(OtlpSettings settings) {
        AttributesBuilder attributes = Attributes.builder();
        settings.resource().forEach(attributes::put);
        resource = Resource.getDefault().merge(Resource.create(attributes.build()));
        hostCpus = settings.hostCpus();
    }

    /** Returns the metrics that have points. */
    List<MetricData> of(List<PushedDomain> domains) {
        List<MetricData> metrics = new ArrayList<>();
        for (PushedMetric metric : PushedMetric.TIMES) {
            if (isWanted(metric)) {
                TimePoints points = new TimePoints(domains, metric);
                metrics.add(metric(
                        metric.name(),
                        metric.description(),
                        SECONDS,
                        MetricDataType.DOUBLE_SUM,
                        SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, points)));
            }
        }
        metrics.add(metric(
                PushedMetric.VCPU_COUNT,
                PushedMetric.VCPU_COUNT_DESCRIPTION,
                CPUS,
                MetricDataType.LONG_SUM,
                SumData.createLongSumData(false, AggregationTemporality.CUMULATIVE, counts(domains))));
        metrics.removeIf(MetricData::isEmpty);
        return metrics;
    }

    /** Cuts a list of domains so that no part has more points than receivers take at once, if it has more than one domain. */
    List<List<PushedDomain>> parts(List<PushedDomain> domains) {
        List<List<PushedDomain>> parts = new ArrayList<>();
        int begin = 0;
        int points = 0;
        for (int at = 0; at < domains.size(); at++) {
            int more = points(domains.get(at));
            if (points + more > MOST_POINTS && at > begin) {
                parts.add(domains.subList(begin, at));
                begin = at;
                points = 0;
            }
            points += more;
        }
        if (begin < domains.size()) {
            parts.add(domains.subList(begin, domains.size()));
        }
        return parts;
    }

    private int points(PushedDomain domain) {
        int points = 1;
        for (PushedMetric metric : PushedMetric.TIMES) {
            points += isWanted(metric) ? new TimePoints(List.of(domain), metric).size() : 0;
        }
        return points;
    }

    private boolean isWanted(PushedMetric metric) {
        return hostCpus || !metric.isOfHostCpus();
    }

    private MetricData metric(String name, String description, String unit, MetricDataType type, SumData<?> sum) {
        return new SumMetric(resource, SCOPE, name, description, unit, type, sum);
    }

    private static List<LongPointData> counts(List<PushedDomain> domains) {
        List<LongPointData> points = new ArrayList<>();
        for (PushedDomain domain : domains) {
            Reading count = domain.sample().vcpuCount();
            if (count.isAvailable()) {
                points.add(LongPointData.create(
                        domain.start(StatsGroup.VCPU), domain.time(StatsGroup.VCPU), domain.identity(), count.value()));
            }
        }
        return points;
    }
}
