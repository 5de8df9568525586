package dev.vireo.cli;

import dev.vireo.Domain;
import dev.vireo.monitor.Pace;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Shows what a domain uses in each period, one after the other, until nobody reads any more. */
final class CpuStatsWatch {
    private final Invocation invocation;
    private final CpuStatsParts parts;
    private final Domain domain;
    private final Pace pace;
    private final int periods;

    private CpuStatsWatch(Invocation invocation, CpuStatsParts parts, Domain domain, Pace pace, int periods) {
        this.invocation = invocation;
        this.parts = parts;
        this.domain = domain;
        this.pace = pace;
        this.periods = periods;
    }

    static CpuStatsWatch of(Invocation invocation, CpuStatsParts parts) {
        Pace pace = Pace.of(WatchOptions.period(invocation, "--watch", Duration.ofMillis(1)));
        int periods = WatchOptions.count(invocation);
        return new CpuStatsWatch(invocation, parts, invocation.domain(), pace, periods);
    }

    int run() {
        try {
            return watch();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted");
        }
    }

    private int watch() throws InterruptedException {
        CpuStatsDifference difference = new CpuStatsDifference(domain);
        pace.await();
        long before = System.nanoTime();
        parts.show(new CpuStatsReading(difference::begin, new NoLayout(), Instant.MAX), new NoLayout());
        pace.succeeded();
        for (int period = 0; period < periods; period++) {
            pace.await();
            pace.succeeded();
            long now = System.nanoTime();
            String failure = show(difference, Duration.ofNanos(now - before));
            before = now;
            if (failure != null) {
                invocation.out().setLength(0);
                invocation.diagnostics().remark(failure);
            }
            if (!invocation.flush()) {
                return CommandLineTool.FAILURE;
            }
        }
        return CommandLineTool.SUCCESS;
    }

    /** Returns why there is no difference over this period, though there may be one over the next; null if it is laid out. */
    private @Nullable String show(CpuStatsDifference difference, Duration time) {
        CpuStatsLayout layout = CpuStatsCommand.layout(invocation, domain, time);
        try {
            layout.begin();
            parts.show(new CpuStatsReading(difference, layout, Instant.MAX), layout);
            layout.end();
            return null;
        } catch (CommandFailure noDifference) {
            return String.valueOf(noDifference.getMessage());
        }
    }
}
