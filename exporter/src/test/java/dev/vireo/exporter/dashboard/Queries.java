package dev.vireo.exporter.dashboard;

import dev.vireo.exporter.Metric;

/** Writes what is asked of Prometheus, with the dashboard's variables in it. */
final class Queries {
    /** What a domain's share is of; each is one number for each domain, so that one division serves all. */
    static final String OF_CORE = "(0 * vm_info + 1)".replace("vm_info", Metric.VM_INFO.seriesName());

    static final String OF_VCPUS = Metric.VM_VCPUS.seriesName();

    static final String OF_HOST = "(0 * " + Metric.VM_INFO.seriesName() + " + on (instance) group_left () "
            + Metric.VIREO_HOST_CPUS.seriesName() + ")";

    private Queries() {}

    /** Selects the series of the hosts that are looked at. */
    static String of(Metric metric) {
        return metric.seriesName() + "{instance=~\"$instance\"}";
    }

    /** Seconds per second: how many cores were busy. */
    static String rate(Metric counter) {
        return "rate(" + of(counter) + "[$__rate_interval])";
    }

    static String sumBy(String labels, String expression) {
        return "sum by (" + labels + ") (" + expression + ")";
    }

    /** One number for each domain, with no other labels: so that two metrics can be reckoned with each other. */
    static String perDomain(Metric counter) {
        return sumBy("instance, uuid", rate(counter));
    }

    /** Gives domains their names, and leaves those out that are not looked at. */
    static String named(String expression) {
        return expression + " * on (instance, uuid) group_left (name) " + Metric.VM_INFO.seriesName()
                + "{instance=~\"$instance\", name=~\"$domain\"}";
    }

    /** In percent of what the reader of the dashboard has chosen. */
    static String percent(String cores) {
        return "100 * " + named(cores) + " / on (instance, uuid) group_left () $denominator";
    }

    /** What the domain uses beside its vCPUs: two clocks, so that next to nothing may come out below nothing. */
    static String overhead() {
        return "clamp_min(" + perDomain(Metric.VM_CPU) + " - " + perDomain(Metric.VM_VCPU_RUN) + ", 0)";
    }

    /** How much of the time in which they had something to do the vCPUs waited. */
    static String stealShare() {
        String delay = perDomain(Metric.VM_VCPU_DELAY);
        return "(" + delay + " / (" + delay + " + " + perDomain(Metric.VM_VCPU_RUN) + " > 0))";
    }
}
