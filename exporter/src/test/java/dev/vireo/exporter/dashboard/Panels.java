package dev.vireo.exporter.dashboard;

import static dev.vireo.exporter.dashboard.Panel.ordered;

import dev.vireo.exporter.Metric;
import java.util.List;
import java.util.Map;

/** What the dashboard shows, from left to right and from top to bottom. */
final class Panels {
    private static final String NAME = "{{name}}";
    private static final Map<String, Object> HEAT = ordered("mode", "continuous-GrYlRd");
    private static final int THIRD = 8;
    private static final int HALF = 12;
    private static final int WHOLE = 24;

    private Panels() {}

    static List<Panel> all() {
        return List.of(
                domains(),
                hostUse(),
                up(),
                cpu(),
                steal(),
                stealShare(),
                overhead(),
                split(),
                hostCpus(),
                hostNodes(),
                domainsOnCpus(),
                vcpus(),
                vcpuDelay(),
                age(),
                duration(),
                errors());
    }

    private static Panel lines(String title, int width) {
        return new Panel("timeseries", title, width, 8)
                .field("min", 0)
                .field("custom", ordered("fillOpacity", 10, "showPoints", "never"))
                .with("options", ordered("tooltip", ordered("mode", "multi", "sort", "desc")));
    }

    private static Panel domains() {
        return new Panel("stat", "Running domains", THIRD, 4)
                .tells("", Metric.VIREO_DOMAINS, Metric.VIREO_DOMAINS_LEFT_OUT)
                .asks("sum(" + Queries.of(Metric.VIREO_DOMAINS) + ")", "running")
                .asks("sum(" + Queries.of(Metric.VIREO_DOMAINS_LEFT_OUT) + ") > 0", "left out");
    }

    private static Panel hostUse() {
        return new Panel("stat", "What all domains use of the hosts", THIRD, 4)
                .tells("In percent of all their CPUs.", Metric.VM_CPU, Metric.VIREO_HOST_CPUS)
                .unit("percent")
                .asks(
                        "100 * sum(" + Queries.rate(Metric.VM_CPU) + ") / sum(" + Queries.of(Metric.VIREO_HOST_CPUS)
                                + ")",
                        "of the hosts");
    }

    private static Panel up() {
        return new Panel("stat", "Hosts that cannot be read", THIRD, 4)
                .tells("", Metric.VIREO_UP)
                .asks("count(" + Queries.of(Metric.VIREO_UP) + " == 0) or vector(0)", "not read")
                .field(
                        "thresholds",
                        ordered(
                                "mode",
                                "absolute",
                                "steps",
                                List.of(ordered("color", "green", "value", 0), ordered("color", "red", "value", 1))));
    }

    private static Panel cpu() {
        return lines("CPU of each domain", WHOLE)
                .tells("In percent of what is chosen above.", Metric.VM_CPU)
                .unit("percent")
                .asks(Queries.percent(Queries.perDomain(Metric.VM_CPU)), NAME);
    }

    private static Panel steal() {
        return lines("Steal: waiting for a host CPU", HALF)
                .tells("The sum over the domain's vCPUs, in percent of what is chosen above.", Metric.VM_VCPU_DELAY)
                .unit("percent")
                .asks(Queries.percent(Queries.perDomain(Metric.VM_VCPU_DELAY)), NAME);
    }

    private static Panel stealShare() {
        return lines("Steal: of the time with something to do", HALF)
                .tells("Of the time in which its vCPUs wanted to run, how much they waited.")
                .unit("percentunit")
                .field("max", 1)
                .asks(Queries.named(Queries.stealShare()), NAME);
    }

    private static Panel overhead() {
        return lines("Overhead: outside the vCPUs", HALF)
                .tells("What emulator, I/O threads and helpers use: the domain's CPU time without that of its vCPUs, in"
                        + " percent of what is chosen above.")
                .unit("percent")
                .asks(Queries.percent(Queries.overhead()), NAME);
    }

    private static Panel split() {
        return lines("User and kernel", HALF)
                .tells("In percent of what is chosen above.", Metric.VM_CPU_USER, Metric.VM_CPU_SYSTEM)
                .unit("percent")
                .asks(Queries.percent(Queries.perDomain(Metric.VM_CPU_USER)), NAME + " user")
                .asks(Queries.percent(Queries.perDomain(Metric.VM_CPU_SYSTEM)), NAME + " kernel");
    }

    private static Panel hostCpus() {
        return new Panel("status-history", "Host CPUs: what all domains use of each", WHOLE, 10)
                .tells("All domains together, of one CPU.", Metric.VM_HOST_CPU)
                .unit("percentunit")
                .field("min", 0)
                .field("max", 1)
                .field("color", HEAT)
                .with("maxDataPoints", 120)
                .with("options", ordered("showValue", "never", "rowHeight", 0.9))
                .asks(Queries.sumBy("instance, cpu", Queries.rate(Metric.VM_HOST_CPU)), "{{instance}} CPU {{cpu}}");
    }

    private static Panel hostNodes() {
        return lines("NUMA nodes: what all domains use of each, in cores", WHOLE)
                .tells("With --host-cpus node, in place of the one above.", Metric.VM_HOST_NODE)
                .unit("short")
                .asks(Queries.sumBy("instance, node", Queries.rate(Metric.VM_HOST_NODE)), "{{instance}} node {{node}}");
    }

    /** A table of domains and CPUs, coloured: the newest numbers, where a heat map has time for its other side. */
    private static Panel domainsOnCpus() {
        return new Panel("table", "Which domain is on which host CPU now", WHOLE, 10)
                .tells("Of one CPU; choose one host.", Metric.VM_HOST_CPU)
                .unit("percentunit")
                .field("min", 0)
                .field("max", 1)
                .field("color", HEAT)
                .field("custom", ordered("cellOptions", ordered("type", "color-background", "mode", "basic")))
                .asksNow(Queries.named(Queries.rate(Metric.VM_HOST_CPU)), "table")
                .with(
                        "transformations",
                        List.of(ordered(
                                "id",
                                "groupingToMatrix",
                                "options",
                                ordered(
                                        "rowField",
                                        "name",
                                        "columnField",
                                        "cpu",
                                        "valueField",
                                        "Value",
                                        "emptyValue",
                                        "empty"))));
    }

    private static Panel vcpus() {
        return lines("vCPUs: running", HALF)
                .tells("Of one host CPU.", Metric.VM_VCPU_RUN)
                .unit("percentunit")
                .asks(Queries.named(Queries.rate(Metric.VM_VCPU_RUN)), NAME + " vCPU {{vcpu}}");
    }

    private static Panel vcpuDelay() {
        return lines("vCPUs: waiting", HALF)
                .tells("Seconds in each second.", Metric.VM_VCPU_DELAY)
                .unit("percentunit")
                .asks(Queries.named(Queries.rate(Metric.VM_VCPU_DELAY)), NAME + " vCPU {{vcpu}}");
    }

    private static Panel age() {
        return lines("How old the numbers are", THIRD)
                .tells("", Metric.VIREO_SAMPLE_AGE, Metric.VM_SAMPLE_AGE)
                .unit("s")
                .asks(Queries.of(Metric.VIREO_SAMPLE_AGE), "{{instance}}")
                .asks(
                        "max by (instance) (" + Queries.of(Metric.VM_SAMPLE_AGE) + ")",
                        "{{instance}}, the domain with the oldest");
    }

    private static Panel duration() {
        return lines("How long reading takes", THIRD)
                .tells("", Metric.VIREO_SAMPLE_DURATION)
                .unit("s")
                .asks(Queries.of(Metric.VIREO_SAMPLE_DURATION), "{{instance}}");
    }

    private static Panel errors() {
        return lines("Errors", THIRD)
                .tells("", Metric.VIREO_ERRORS)
                .unit("ops")
                .asks(Queries.rate(Metric.VIREO_ERRORS), "{{instance}} {{operation}} {{code}}");
    }
}
