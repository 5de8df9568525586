package dev.vireo.exporter.prometheus;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainState;
import dev.vireo.Reading;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.exporter.Metric;
import dev.vireo.monitor.DomainSample;
import java.time.Duration;
import java.util.Map;

/** Turns one domain after the other into series. Not thread-safe. */
final class DomainPoints {
    private final Points points;
    private final HostCpuChoice hostCpus;
    private final boolean withLibvirtNames;
    private final Duration sampleAge;

    DomainPoints(Points points, HostCpuChoice hostCpus, boolean withLibvirtNames, Duration sampleAge) {
        this.points = points;
        this.hostCpus = hostCpus;
        this.withLibvirtNames = withLibvirtNames;
        this.sampleAge = sampleAge;
    }

    void add(DomainSample domain, RunLabels labels) {
        long created = createdMillis(domain, StatsGroup.CPU_TOTAL);
        total(domain, Statistic.CPU_TIME, Metric.VM_CPU, labels, created);
        total(domain, Statistic.CPU_USER, Metric.VM_CPU_USER, labels, created);
        total(domain, Statistic.CPU_SYSTEM, Metric.VM_CPU_SYSTEM, labels, created);
        addVcpus(domain, labels);
        addHostCpus(domain, labels);
        points.info(Metric.VM_INFO, labels.info());
        points.gauge(Metric.VM_SAMPLE_AGE, labels.uuid(), domain.age().plus(sampleAge));
        if (withLibvirtNames) {
            addLibvirtNames(domain, labels);
        }
    }

    private void total(DomainSample domain, Statistic statistic, Metric metric, RunLabels labels, long created) {
        if (domain.count(statistic) > 0) {
            points.nanos(metric, labels.uuid(), domain.nanosAt(statistic, 0), created);
        }
    }

    private void addVcpus(DomainSample domain, RunLabels labels) {
        long created = createdMillis(domain, StatsGroup.VCPU);
        for (int position = 0; position < domain.count(Statistic.VCPU_TIME); position++) {
            int vcpu = domain.index(Statistic.VCPU_TIME, position);
            points.nanos(Metric.VM_VCPU_RUN, labels.vcpu(vcpu), domain.nanosAt(Statistic.VCPU_TIME, position), created);
        }
        for (int position = 0; position < domain.count(Statistic.VCPU_DELAY); position++) {
            int vcpu = domain.index(Statistic.VCPU_DELAY, position);
            points.nanos(
                    Metric.VM_VCPU_DELAY, labels.vcpu(vcpu), domain.nanosAt(Statistic.VCPU_DELAY, position), created);
        }
        Reading count = domain.vcpuCount();
        if (count.isAvailable()) {
            points.gauge(Metric.VM_VCPUS, labels.uuid(), count.value());
        }
    }

    private void addHostCpus(DomainSample domain, RunLabels labels) {
        switch (hostCpus.series()) {
            case ALL, BUSY -> addEachCpu(domain, labels);
            case NODE -> addNodes(domain, labels);
            case NONE -> {}
        }
    }

    private void addEachCpu(DomainSample domain, RunLabels labels) {
        long created = createdMillis(domain, StatsGroup.HOST_CPU);
        for (int position = 0; position < domain.count(Statistic.HOST_CPU_TIME); position++) {
            int cpu = domain.index(Statistic.HOST_CPU_TIME, position);
            if (hostCpus.hasSeries(domain.run(), cpu)) {
                long nanos = domain.nanosAt(Statistic.HOST_CPU_TIME, position);
                points.nanos(Metric.VM_HOST_CPU, labels.cpu(cpu), nanos, created);
            }
        }
    }

    private void addNodes(DomainSample domain, RunLabels labels) {
        long created = createdMillis(domain, StatsGroup.HOST_CPU);
        Map<String, Long> sums = labels.nodeSums().of(domain, hostCpus.nodes());
        sums.forEach((node, nanos) -> points.nanos(Metric.VM_HOST_NODE, labels.node(node), nanos, created));
    }

    private void addLibvirtNames(DomainSample domain, RunLabels labels) {
        if (domain.count(Statistic.CPU_TIME) > 0) {
            long nanos = domain.nanosAt(Statistic.CPU_TIME, 0);
            points.nanos(Metric.LIBVIRT_CPU, labels.libvirt(), nanos, Points.NOT_CREATED);
        }
        Reading count = domain.vcpuCount();
        if (count.isAvailable()) {
            points.gauge(Metric.LIBVIRT_VCPUS, labels.libvirt(), count.value());
        }
        if (domain.state() != DomainState.NOSTATE) {
            // in the order of libvirt's numbers
            points.gauge(Metric.LIBVIRT_STATE, labels.libvirt(), domain.state().ordinal());
        }
        addLibvirtVcpus(domain, Statistic.VCPU_TIME, Metric.LIBVIRT_VCPU_TIME, labels);
        addLibvirtVcpus(domain, Statistic.VCPU_DELAY, Metric.LIBVIRT_VCPU_DELAY, labels);
    }

    private void addLibvirtVcpus(DomainSample domain, Statistic statistic, Metric metric, RunLabels labels) {
        for (int position = 0; position < domain.count(statistic); position++) {
            int vcpu = domain.index(statistic, position);
            points.nanos(metric, labels.libvirtVcpu(vcpu), domain.nanosAt(statistic, position), Points.NOT_CREATED);
        }
    }

    /** Counters that hold less than all since the domain's start say since when they count. */
    private static long createdMillis(DomainSample domain, StatsGroup group) {
        return domain.origin(group)
                .filter(origin -> origin.since() != CpuStatsOrigin.Since.DOMAIN_START)
                .flatMap(CpuStatsOrigin::sinceTime)
                .map(time -> time.toEpochMilli())
                .orElse(Points.NOT_CREATED);
    }
}
