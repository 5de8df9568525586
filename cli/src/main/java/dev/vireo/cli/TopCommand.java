package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.StatsGroup;
import dev.vireo.cli.record.ReplaySource;
import dev.vireo.cli.top.Batch;
import dev.vireo.cli.top.Column;
import dev.vireo.cli.top.CsvTicks;
import dev.vireo.cli.top.Interest;
import dev.vireo.cli.top.TextTicks;
import dev.vireo.cli.top.TickWriter;
import dev.vireo.cli.top.Top;
import dev.vireo.cli.top.TopSettings;
import dev.vireo.monitor.LiveSource;
import dev.vireo.monitor.SamplerBuilder;
import dev.vireo.monitor.SnapshotSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code vireo top}: who uses which CPU now, and who waits; at a terminal or, without one, interval by interval. */
final class TopCommand implements Command {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    @Override
    public CommandSpec describe() {
        CommandSpec spec = Specs.command("Show who uses the CPUs now, and who waits for them.");
        spec.addOption(Specs.text("the time between two looks, 1 without it; fractions are allowed", "-d", "SECONDS"));
        spec.addOption(Specs.number("end after so many intervals", "-n"));
        spec.addOption(Specs.text("what 100 %% is: core (one CPU), vcpus (the domain's) or host", "--of", "WHAT"));
        spec.addOption(Specs.text(
                "sort by cpu, user, system, steal, vcpus, overhead or name; cpu without it", "--sort", "COLUMN"));
        spec.addOption(Specs.text("show domains whose names hold this text", "--filter", "TEXT"));
        spec.addOption(Specs.text(
                "show a recording, as fast as it was recorded; not at a terminal at once", "--replay", "FILE"));
        spec.addOption(Specs.flag("do not ask for vCPUs, which with libvirt costs each guest", "--no-vcpus")
                .build());
        spec.addOption(
                Specs.flag("write plain lines, also at a terminal", "--batch").build());
        spec.addOption(Specs.flag("write comma-separated values", "--csv").build());
        spec.addOption(Specs.flag("write one JSON document a line", "--json").build());
        return spec;
    }

    @Override
    public PlainSyntax plainSyntax() {
        return new PlainSyntax(
                List.of("--no-vcpus", "--batch", "--csv", "--json"),
                List.of("-n"),
                List.of("-d", "--of", "--sort", "--filter", "--replay"),
                false);
    }

    @Override
    public int run(Invocation invocation) {
        TopSettings settings =
                new TopSettings(WatchOptions.denominator(invocation), sort(invocation), filter(invocation));
        Duration period = period(invocation);
        int count = WatchOptions.count(invocation);
        if (invocation.has("--csv") && invocation.isJson()) {
            throw invocation.misuse("--csv and --json exclude each other");
        }
        Interest interest = new Interest();
        try (SnapshotSource source = source(invocation, interest)) {
            if (isAtTerminal(invocation) && Top.run(source, interest, settings, period, count, hasColours())) {
                remarkCut(source, invocation);
                return CommandLineTool.SUCCESS;
            }
            TickWriter writer = writer(invocation, settings);
            boolean isWritten = new Batch(
                            source, period, settings, writer, invocation::flush, invocation.diagnostics()::remark)
                    .run(count);
            remarkCut(source, invocation);
            return isWritten ? CommandLineTool.SUCCESS : CommandLineTool.FAILURE;
        } catch (UncheckedIOException damaged) {
            throw new CommandFailure(String.valueOf(damaged.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
    }

    private static SnapshotSource source(Invocation invocation, Interest interest) {
        if (invocation.has("--replay")) {
            return recording(invocation);
        }
        Connection first = invocation.connection();
        return new LiveSource(first, invocation::reopen, sampler -> setUp(sampler, invocation, interest));
    }

    private static SnapshotSource recording(Invocation invocation) {
        if (invocation.namesConnection() || invocation.has("-d") || invocation.has("--no-vcpus")) {
            throw invocation.misuse("--replay shows what was recorded: without -c, -d and --no-vcpus");
        }
        try {
            double speed = isAtTerminal(invocation) ? 1 : ReplaySource.AT_ONCE;
            return ReplaySource.open(RecordCommand.path(invocation, "--replay"), speed);
        } catch (IOException unreadable) {
            throw RecordCommand.failure(unreadable);
        }
    }

    /** Says where a recording ends before its end. */
    private static void remarkCut(SnapshotSource source, Invocation invocation) {
        if (source instanceof ReplaySource recording) {
            recording.cut().ifPresent(invocation.diagnostics()::remark);
        }
    }

    private static SamplerBuilder setUp(SamplerBuilder sampler, Invocation invocation, Interest interest) {
        EnumSet<StatsGroup> groups = EnumSet.allOf(StatsGroup.class);
        if (invocation.has("--no-vcpus")) {
            groups.remove(StatsGroup.VCPU);
        }
        return sampler.groups(groups).hostCpuTimesOf(interest);
    }

    private static TickWriter writer(Invocation invocation, TopSettings settings) {
        String of = WatchOptions.word(settings.of());
        if (invocation.isJson()) {
            return new TopJson(settings, of, invocation.out());
        }
        return invocation.has("--csv")
                ? new CsvTicks(settings, of, invocation.out())
                : new TextTicks(settings, invocation.out());
    }

    private static boolean isAtTerminal(Invocation invocation) {
        return Optional.ofNullable(System.console()).isPresent()
                && !invocation.has("--batch")
                && !invocation.has("--csv")
                && !invocation.isJson();
    }

    /** See no-color.org. */
    private static boolean hasColours() {
        String without = System.getenv("NO_COLOR");
        return without == null || without.isEmpty();
    }

    private static Column sort(Invocation invocation) {
        String word = invocation.text("--sort");
        Column column = word == null ? Column.CPU : Column.ofWord(word);
        if (column == null) {
            throw invocation.misuse("Invalid value for --sort: '" + word
                    + "' is none of cpu, user, system, steal, vcpus, overhead, name");
        }
        return column;
    }

    private static String filter(Invocation invocation) {
        String text = invocation.text("--filter");
        return text == null ? "" : text;
    }

    private static Duration period(Invocation invocation) {
        // a recording has its own
        return invocation.has("--replay") ? Duration.ZERO : WatchOptions.period(invocation, "-d", SHORTEST);
    }
}
