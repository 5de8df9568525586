package dev.vireo.exporter;

import dev.vireo.Statistic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All metrics that are served, with their names, labels and meaning: the one list that the Prometheus output, the documents, the
 * dashboard and the alerts are made from. A metric whose number is not known has no series; it is never 0 instead.
 */
public enum Metric {
    /** CPU time of a domain. */
    VM_CPU(
            "vm_cpu",
            Kind.COUNTER,
            "CPU time of the whole domain: vCPUs, emulator and helpers.",
            Statistic.CPU_TIME,
            "uuid"),
    /** Its part in user mode. */
    VM_CPU_USER(
            "vm_cpu_user",
            Kind.COUNTER,
            "The part of the domain's CPU time in user mode, as the kernel splits it.",
            Statistic.CPU_USER,
            "uuid"),
    /** Its part in the kernel. */
    VM_CPU_SYSTEM(
            "vm_cpu_system",
            Kind.COUNTER,
            "The part of the domain's CPU time in the kernel, as the kernel splits it.",
            Statistic.CPU_SYSTEM,
            "uuid"),
    /** CPU time of a domain on a host CPU. */
    VM_HOST_CPU(
            "vm_host_cpu",
            Kind.COUNTER,
            "CPU time of the domain on one host CPU.",
            Statistic.HOST_CPU_TIME,
            "uuid",
            "cpu"),
    /** CPU time of a domain on the host CPUs of a NUMA node, instead of {@link #VM_HOST_CPU}. */
    VM_HOST_NODE(
            "vm_host_node",
            Kind.COUNTER,
            "CPU time of the domain on the host CPUs of one NUMA node.",
            Statistic.HOST_CPU_TIME,
            "uuid",
            "node"),
    /** Time that a vCPU ran. */
    VM_VCPU_RUN(
            "vm_vcpu_run", Kind.COUNTER, "Time that a vCPU ran on a host CPU.", Statistic.VCPU_TIME, "uuid", "vcpu"),
    /** Time that a vCPU waited for a host CPU. */
    VM_VCPU_DELAY(
            "vm_vcpu_delay",
            Kind.COUNTER,
            "Time that a vCPU was ready to run and waited for a host CPU (steal).",
            Statistic.VCPU_DELAY,
            "uuid",
            "vcpu"),
    /** How many vCPUs a domain has. */
    VM_VCPUS("vm_vcpus", Kind.GAUGE, "How many vCPUs the domain has.", null, "uuid"),
    /** Who a domain is. */
    VM_INFO(
            "vm",
            Kind.INFO,
            "The domain's name, and the driver that its numbers come from.",
            null,
            "uuid",
            "name",
            "driver"),
    /** How old a domain's numbers are. */
    VM_SAMPLE_AGE(
            "vm_sample_age",
            Kind.GAUGE_OF_SECONDS,
            "How old the domain's numbers are: more than that of the sample where the domain did not answer in time.",
            null,
            "uuid"),
    /** Whether the last sample succeeded. */
    VIREO_UP("vireo_up", Kind.GAUGE, "Whether the hypervisor could be read the last time: 1 or 0.", null),
    /** How old the sample is. */
    VIREO_SAMPLE_AGE("vireo_sample_age", Kind.GAUGE_OF_SECONDS, "How old the sample is that is served.", null),
    /** How long it took. */
    VIREO_SAMPLE_DURATION("vireo_sample_duration", Kind.GAUGE_OF_SECONDS, "How long the last sample took.", null),
    /** How many domains run. */
    VIREO_DOMAINS("vireo_domains", Kind.GAUGE, "How many domains run.", null),
    /** How many of them are not served. */
    VIREO_DOMAINS_LEFT_OUT(
            "vireo_domains_left_out",
            Kind.GAUGE,
            "How many domains run under the uuid of another one, and have no series for that.",
            null),
    /** How many CPUs the host has. */
    VIREO_HOST_CPUS("vireo_host_cpus", Kind.GAUGE, "How many CPUs of the host are online.", null),
    /** What failed. */
    VIREO_ERRORS(
            "vireo_errors",
            Kind.COUNT,
            "How often an operation failed, by libvirt's name of the error.",
            null,
            "operation",
            "code"),
    /** libvirt_exporter's name of {@link #VIREO_UP}. */
    LIBVIRT_UP("libvirt_up", Kind.GAUGE, "As vireo_up.", null),
    /** libvirt_exporter's name of {@link #VIREO_DOMAINS}. */
    LIBVIRT_DOMAINS("libvirt_domains_number", Kind.GAUGE, "As vireo_domains.", null),
    /** libvirt_exporter's name of {@link #VM_CPU}. */
    LIBVIRT_CPU(
            "libvirt_domain_info_cpu_time",
            Kind.COUNTER,
            "As vm_cpu_seconds_total.",
            Statistic.CPU_TIME,
            "domain",
            "uuid"),
    /** libvirt_exporter's name of {@link #VM_VCPUS}. */
    LIBVIRT_VCPUS("libvirt_domain_info_virtual_cpus", Kind.GAUGE, "As vm_vcpus.", null, "domain", "uuid"),
    /** The domain's state, as libvirt numbers it. */
    LIBVIRT_STATE(
            "libvirt_domain_state_code",
            Kind.GAUGE,
            "The domain's state: 1 running, 2 blocked, 3 paused, 4 being shut down, 6 crashed, 7 suspended.",
            null,
            "domain",
            "uuid"),
    /** libvirt_exporter's name of {@link #VM_VCPU_RUN}. */
    LIBVIRT_VCPU_TIME(
            "libvirt_domain_vcpu_time",
            Kind.COUNTER,
            "As vm_vcpu_run_seconds_total.",
            Statistic.VCPU_TIME,
            "domain",
            "uuid",
            "vcpu"),
    /** libvirt_exporter's name of {@link #VM_VCPU_DELAY}. */
    LIBVIRT_VCPU_DELAY(
            "libvirt_domain_vcpu_delay",
            Kind.COUNTER,
            "As vm_vcpu_delay_seconds_total.",
            Statistic.VCPU_DELAY,
            "domain",
            "uuid",
            "vcpu");

    /** Says what kind of number a metric is. */
    public enum Kind {
        /** Seconds that only grow, but where they start again. */
        COUNTER("_seconds", "_total"),
        /** A number of times that only grows. */
        COUNT("", "_total"),
        /** A number that goes up and down. */
        GAUGE("", ""),
        /** Seconds that go up and down. */
        GAUGE_OF_SECONDS("_seconds", ""),
        /** Always 1: what it tells is in its labels. */
        INFO("", "_info");

        private final String unit;
        private final String suffix;

        Kind(String unit, String suffix) {
            this.unit = unit;
            this.suffix = suffix;
        }

        /**
         * Tells whether it only grows.
         *
         * @return whether it is to be shown as a rate
         */
        public boolean isCounter() {
            return this == COUNTER || this == COUNT;
        }

        /**
         * Tells whether it is a time.
         *
         * @return whether its unit is the second; else it has none
         */
        public boolean isSeconds() {
            return !unit.isEmpty();
        }
    }

    private static final String OF_LIBVIRT_EXPORTER = "libvirt_";

    private final String stem;
    private final Kind kind;
    private final String help;
    private final @Nullable Statistic statistic;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes none that can be changed
    private final List<String> labels;

    Metric(String stem, Kind kind, String help, @Nullable Statistic statistic, String... labels) {
        this.stem = stem;
        this.kind = kind;
        this.help = help;
        this.statistic = statistic;
        this.labels = List.of(labels);
    }

    /**
     * Returns the name of its series, as it is scraped and queried.
     *
     * @return for instance {@code vm_cpu_seconds_total}
     */
    public String seriesName() {
        return familyName() + kind.suffix;
    }

    /**
     * Returns the name of the family: that of the series, without what OpenMetrics adds to it for its kind.
     *
     * @return for instance {@code vm_cpu_seconds}
     */
    public String familyName() {
        return stem + kind.unit;
    }

    /**
     * Returns what kind of number it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns what it means.
     *
     * @return a sentence
     */
    public String help() {
        return help;
    }

    /**
     * Returns which time it is.
     *
     * @return null if it is none of a domain's times
     */
    public @Nullable Statistic statistic() {
        return statistic;
    }

    /**
     * Returns the names of its labels, in their order.
     *
     * @return an immutable list
     */
    public List<String> labels() {
        return labels;
    }

    /**
     * Tells whether it repeats another metric under a name of libvirt_exporter's, for dashboards that were made for that.
     *
     * @return whether it is served with {@code --compat libvirt-exporter} alone
     */
    public boolean isOfLibvirtExporter() {
        return stem.startsWith(OF_LIBVIRT_EXPORTER);
    }
}
