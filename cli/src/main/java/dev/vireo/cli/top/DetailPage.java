package dev.vireo.cli.top;

import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.cli.SafeText;
import dev.vireo.monitor.Denominator;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Rate;
import java.util.ArrayList;
import java.util.List;

/** One domain: who it is, each number or the reason why it is not known, its vCPUs and the host CPUs that it was on. */
final class DetailPage {
    private static final int LABEL_WIDTH = 16;

    private final DomainRates domain;
    private final DomainSample sample;
    private final Denominator of;
    private final List<String> lines = new ArrayList<>();

    private DetailPage(DomainRates domain, Denominator of) {
        this.domain = domain;
        this.sample = domain.sample();
        this.of = of;
    }

    static List<String> text(TopState state) {
        DomainRates domain = state.detailed();
        if (domain == null) {
            return List.of(SafeText.of(state.detailedName()), "", "This domain is not running any more.");
        }
        DetailPage page = new DetailPage(domain, state.settings().of());
        page.identity();
        page.numbers();
        page.times("vCPU", "ran", Statistic.VCPU_TIME, "waited", Statistic.VCPU_DELAY);
        page.times("host CPU", "used", Statistic.HOST_CPU_TIME, "by vCPUs", Statistic.HOST_CPU_VCPU_TIME);
        return page.lines;
    }

    private void identity() {
        lines.add(SafeText.of(sample.name()));
        lines.add("uuid " + sample.uuid() + "  id " + sample.id() + "  " + sample.state() + "  first seen "
                + HostLine.isoTime(sample.run().firstSeen()));
        sample.staleReason()
                .ifPresent(reason -> lines.add(
                        "numbers are " + HostLine.seconds(sample.age()) + " s old, because " + SafeText.of(reason)));
        lines.add("");
    }

    private void numbers() {
        lines.add(padded("", LABEL_WIDTH) + of.label());
        number("CPU", Column.CPU, StatsGroup.CPU_TOTAL);
        number("user", Column.USER, StatsGroup.CPU_TOTAL);
        number("system", Column.SYSTEM, StatsGroup.CPU_TOTAL);
        number("steal", Column.STEAL, StatsGroup.VCPU);
        number("outside vCPUs", Column.OVERHEAD, StatsGroup.VCPU);
        lines.add(padded("vCPUs", LABEL_WIDTH) + shown(Column.VCPUS.text(domain, of), Column.VCPUS.of(domain, of)));
        lines.add("");
    }

    private void number(String label, Column column, StatsGroup group) {
        Rate number = column.of(domain, of);
        String source = number.isKnown() ? "  from " + SafeText.of(sample.source(group)) : "";
        lines.add(padded(label, LABEL_WIDTH) + shown(column.text(domain, of), number) + source);
    }

    /** Adds a table with a line for each vCPU or host CPU. */
    private void times(String index, String firstLabel, Statistic first, String secondLabel, Statistic second) {
        int count = sample.count(first);
        if (count == 0) {
            lines.add(padded(index, LABEL_WIDTH) + "-  "
                    + SafeText.of(sample.nanos(first, 0).reason().orElse("")));
            return;
        }
        lines.add(padded(index, LABEL_WIDTH)
                + padded(firstLabel, 9)
                + padded(secondLabel, 9)
                + Denominator.ONE_CORE.label());
        for (int position = 0; position < count; position++) {
            int number = sample.index(first, position);
            Rate used = domain.percent(domain.of(first, number), Denominator.ONE_CORE);
            Rate other = domain.percent(domain.of(second, number), Denominator.ONE_CORE);
            String why = used.isKnown() && other.isKnown() ? "" : reason(used.isKnown() ? other : used);
            lines.add(padded(Integer.toString(number), LABEL_WIDTH)
                    + padded(Percent.text(used), 9)
                    + padded(Percent.text(other), 9)
                    + why);
        }
        lines.add("");
    }

    private static String shown(String text, Rate number) {
        return number.isKnown() ? " ".repeat(Math.max(0, 5 - text.length())) + text : "    -  " + reason(number);
    }

    private static String reason(Rate number) {
        return "no rate yet, because " + SafeText.of(number.reason().orElse(""));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
