package dev.vireo.cli;

import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
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
        return Specs.withDomain(Specs.withJson(spec));
    }

    @Override
    public PlainSyntax plainSyntax() {
        return new PlainSyntax(List.of("--total", "--json"), List.of("--start", "--count"), List.of("--for"), true);
    }

    @Override
    public int run(Invocation invocation) {
        Integer start = notNegative(invocation, "--start", "Invalid value for start CPU");
        Integer count = notNegative(invocation, "--count", "Invalid value for number of CPUs to show");
        boolean showCpus = start != null || count != null;
        boolean showTotal = invocation.has("--total");
        Duration time = time(invocation);
        Instant begun = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Domain domain = invocation.domain();
        CpuStatsCall call = (params, nparams, first, ncpus) -> domain.getCpuStats(params, nparams, first, ncpus, 0);
        if (time != null) {
            CpuStatsDifference difference = new CpuStatsDifference(domain);
            show(
                    new CpuStatsReading(difference::begin, new NoLayout(), Instant.MAX),
                    new NoLayout(),
                    showTotal,
                    showCpus,
                    start,
                    count);
            await(time);
            call = difference;
            begun = Instant.MAX;
        }
        CpuStatsLayout layout = invocation.isJson()
                ? new CpuStatsJson(domain, time, invocation.out(), invocation.diagnostics())
                : new CpuStatsText(time, invocation.out(), invocation.diagnostics());
        layout.begin();
        show(new CpuStatsReading(call, layout, begun), layout, showTotal, showCpus, start, count);
        layout.end();
        return CommandLineTool.SUCCESS;
    }

    private static void show(
            CpuStatsReading reading,
            CpuStatsLayout layout,
            boolean showTotal,
            boolean showCpus,
            @Nullable Integer start,
            @Nullable Integer count) {
        if (showCpus || showTotal) {
            runAsked(reading, showTotal, showCpus, start, count);
        } else {
            runBoth(reading, layout);
        }
    }

    private static @Nullable Duration time(Invocation invocation) {
        String text = invocation.text("--for");
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

    private static void runAsked(
            CpuStatsReading reading,
            boolean showTotal,
            boolean showCpus,
            @Nullable Integer start,
            @Nullable Integer count) {
        if (showCpus) {
            reading.readCpus(start == null ? 0 : start, count == null ? -1 : count);
        }
        if (showTotal) {
            reading.readTotal();
        }
    }

    private static void runBoth(CpuStatsReading reading, CpuStatsLayout layout) {
        RuntimeException noCpus = null;
        try {
            reading.readCpus(0, -1);
        } catch (HypervisorException | CommandFailure failure) {
            noCpus = unlessAboutTheDomain(failure);
            layout.cpusUnavailable(reason(failure));
        }
        try {
            reading.readTotal();
        } catch (HypervisorException | CommandFailure failure) {
            if (noCpus != null) {
                throw failure;
            }
            unlessAboutTheDomain(failure);
            layout.totalUnavailable(reason(failure));
        }
    }

    /** Throws an error that leaves nothing to be read at all; it is no property of one part. */
    private static RuntimeException unlessAboutTheDomain(RuntimeException failure) {
        ErrorCode code = failure instanceof HypervisorException error ? error.code() : ErrorCode.UNKNOWN;
        return switch (code) {
            case NO_DOMAIN, INVALID_CONN, NO_SUPPORT, OPERATION_INVALID -> throw failure;
            default -> failure;
        };
    }

    private static String reason(RuntimeException failure) {
        return String.valueOf(failure.getMessage());
    }

    private static @Nullable Integer notNegative(Invocation invocation, String option, String message) {
        Integer number = invocation.number(option);
        if (number != null && number < 0) {
            throw invocation.misuse(message);
        }
        return number;
    }
}
