package dev.vireo.cli;

import dev.vireo.Domain;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code vireo cpu-stats}: what {@code virsh cpu-stats} prints, to the byte. It differs in one point: when nothing is
 * said of what to show, one part that cannot be had does not keep the other from being shown.
 */
final class CpuStatsCommand implements Command {
    @Override
    public CommandSpec describe() {
        CommandSpec spec = Specs.command("Show the CPU time of a domain, as a whole and on each host CPU.");
        spec.addOption(Specs.flag("show the total", "--total").build());
        spec.addOption(Specs.number("show the host CPUs from this id on", "--start"));
        spec.addOption(Specs.number("show at most so many CPU ids", "--count"));
        spec.addOption(Specs.text("show what is used within this time, for instance 2s or 500ms", "--for", "TIME"));
        spec.addOption(Specs.optionalText(
                "show what is used in each period, 1 second without a number, over and over",
                "--watch",
                "SECONDS",
                "1"));
        spec.addOption(Specs.number("with --watch: end after so many periods", "-n"));
        return Specs.withDomain(Specs.withJson(spec));
    }

    @Override
    public PlainSyntax plainSyntax() {
        return new PlainSyntax(
                List.of("--total", "--json"), List.of("--start", "--count", "-n"), List.of("--for"), true);
    }

    @Override
    public int run(Invocation invocation) {
        Integer start = notNegative(invocation, "--start", "Invalid value for start CPU");
        Integer count = notNegative(invocation, "--count", "Invalid value for number of CPUs to show");
        CpuStatsParts parts = new CpuStatsParts(invocation.has("--total"), start, count);
        Duration time = time(invocation);
        if (invocation.has("--watch")) {
            return CpuStatsWatch.of(invocation, parts).run();
        }
        Instant begun = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Domain domain = invocation.domain();
        CpuStatsCall call = (params, nparams, first, ncpus) -> domain.getCpuStats(params, nparams, first, ncpus, 0);
        if (time != null) {
            CpuStatsDifference difference = new CpuStatsDifference(domain);
            parts.show(new CpuStatsReading(difference::begin, new NoLayout(), Instant.MAX), new NoLayout());
            await(time);
            call = difference;
            begun = Instant.MAX;
        }
        CpuStatsLayout layout = layout(invocation, domain, time);
        layout.begin();
        parts.show(new CpuStatsReading(call, layout, begun), layout);
        layout.end();
        return CommandLineTool.SUCCESS;
    }

    static CpuStatsLayout layout(Invocation invocation, Domain domain, @Nullable Duration time) {
        return invocation.isJson()
                ? new CpuStatsJson(domain, time, invocation.out(), invocation.diagnostics())
                : new CpuStatsText(time, invocation.out(), invocation.diagnostics());
    }

    private static @Nullable Duration time(Invocation invocation) {
        String text = invocation.text("--for");
        if (text != null && invocation.has("--watch")) {
            throw invocation.misuse("--for and --watch exclude each other");
        }
        try {
            return text == null ? null : TimeSpan.parse(text);
        } catch (IllegalArgumentException none) {
            throw invocation.misuse("Invalid value for --for: " + none.getMessage());
        }
    }

    private static void await(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted before the time was over");
        }
    }

    private static @Nullable Integer notNegative(Invocation invocation, String option, String message) {
        Integer number = invocation.number(option);
        if (number != null && number < 0) {
            throw invocation.misuse(message);
        }
        return number;
    }
}
