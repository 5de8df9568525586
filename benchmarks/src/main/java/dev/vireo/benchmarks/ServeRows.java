package dev.vireo.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The rows of {@code vireo serve}: what a scrape of many domains takes, and what serving them costs. */
final class ServeRows {
    private static final int DOMAINS = 1_000;
    private static final int CPUS = 2;
    private static final int VCPUS = 4;
    private static final String URI = "test:///default?domains=" + DOMAINS + "&cpus=" + CPUS + "&vcpus=" + VCPUS;

    private static final double MOST_NANOS = 60e6;
    private static final double MOST_PERCENT = 3;
    private static final double MOST_BYTES = 200e6;
    private static final double MEGABYTE = 1e6;
    private static final double KILOBYTE = 1e3;

    private static final int WARM_UP = 60;
    private static final int SCRAPES_A_ROUND = 20;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int PAUSES = 4;

    private static final int SOAK_MINUTES = 10;
    private static final int SCRAPES_A_MINUTE = 60;
    private static final long SOAK_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1) / SCRAPES_A_MINUTE;
    /** What is compiled, cached and pooled comes in the first minutes. */
    private static final int SETTLED_MINUTES = 3;

    private static final double MOST_GROWTH = 1.1;
    private static final int MOST_MORE_DESCRIPTORS = 4;

    private final ScrapedProcess vireo;
    private final Report report;

    private ServeRows(ScrapedProcess vireo, Report report) {
        this.vireo = vireo;
        this.report = report;
    }

    static void measure(boolean soak, Report report) throws Exception {
        BuiltCommand.build();
        try (Cleanup cleanup = new Cleanup()) {
            ScrapedProcess vireo = cleanup.add(new ScrapedProcess(ServeRows::command));
            ServeRows rows = new ServeRows(vireo, report);
            report.heading(
                    String.format("vireo serve, %,d domains, %d CPUs, %d vCPUs", DOMAINS, CPUS, VCPUS),
                    "measured",
                    "(least - most)",
                    "bar");
            rows.measureScrapes();
            rows.measureCpu();
            if (soak) {
                rows.measureSoak();
            } else {
                rows.memory("memory, most so far", Verdict.NO_BAR);
            }
            report.printTable();
            if (!soak) {
                report.note("The bar of memory, and whether memory and descriptors stay, are for --soak.");
            }
        }
    }

    private static List<String> command(int port) {
        return List.of(BuiltCommand.PATH, "-c", URI, "serve", "--listen", "127.0.0.1:" + port);
    }

    private void measureScrapes() throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            vireo.scrape();
        }
        Samples time = new Samples();
        for (int i = 0; i < Rounds.ROUNDS * SCRAPES_A_ROUND; i++) {
            time.add(vireo.scrapeLater());
        }
        boolean isComplete = vireo.series("vm_cpu_seconds_total") == DOMAINS
                && vireo.series("vm_host_cpu_seconds_total") == DOMAINS * CPUS
                && vireo.series("vm_vcpu_run_seconds_total") == DOMAINS * VCPUS
                && vireo.series("vm_vcpu_delay_seconds_total") == DOMAINS * VCPUS;
        report.line(
                Unit.MILLIS.format(MOST_NANOS),
                Verdict.of(isComplete && time.median() <= MOST_NANOS),
                "a scrape, gzip" + (isComplete ? "" : " (NOT COMPLETE)"),
                Unit.MILLIS.median(time),
                Unit.MILLIS.spread(time));
        report.line(
                "",
                Verdict.NO_BAR,
                String.format("  %,d series", vireo.series()),
                String.format("%.0f kB", vireo.bytes() / KILOBYTE),
                "");
    }

    private void measureCpu() throws IOException {
        Samples percent = new Samples();
        for (int i = 0; i < PAUSES; i++) {
            long used = vireo.process().cpuTime().toNanos();
            long begun = System.nanoTime();
            vireo.scrape();
            LockSupport.parkNanos(PAUSE_NANOS - (System.nanoTime() - begun));
            long time = System.nanoTime() - begun;
            percent.add(100.0 * (vireo.process().cpuTime().toNanos() - used) / time);
        }
        report.line(
                String.format("%.0f %%", MOST_PERCENT),
                Verdict.of(percent.mean() <= MOST_PERCENT),
                "CPU at a scrape each 15 s, of one core",
                String.format("%.2f %%", percent.mean()),
                String.format("(%.2f - %.2f)", percent.least(), percent.most()));
    }

    private void memory(String name, Verdict verdict) throws IOException {
        report.line(
                verdict == Verdict.NO_BAR ? "" : String.format("%.0f MB", MOST_BYTES / MEGABYTE),
                verdict,
                name,
                String.format("%.0f MB", vireo.process().mostResidentBytes() / MEGABYTE),
                "");
    }

    private void measureSoak() throws IOException {
        RunningProcess process = vireo.process();
        Samples heap = new Samples();
        Samples descriptors = new Samples();
        for (int minute = 1; minute <= SOAK_MINUTES; minute++) {
            for (int i = 0; i < SCRAPES_A_MINUTE; i++) {
                long begun = System.nanoTime();
                vireo.scrape();
                LockSupport.parkNanos(SOAK_PAUSE_NANOS - (System.nanoTime() - begun));
            }
            if (minute >= SETTLED_MINUTES) {
                heap.add(process.liveHeapBytes());
                descriptors.add(process.descriptors());
            }
        }
        memory(
                "memory, most in " + SOAK_MINUTES + " minutes at a scrape a second",
                Verdict.of(process.mostResidentBytes() <= MOST_BYTES));
        report.line(
                String.format("%.1f x", MOST_GROWTH),
                Verdict.of(heap.last() <= heap.first() * MOST_GROWTH),
                "  its heap in use, at the end to minute " + SETTLED_MINUTES,
                String.format("%.2f x", heap.last() / heap.first()),
                String.format("(%.1f - %.1f MB)", heap.least() / MEGABYTE, heap.most() / MEGABYTE));
        report.line(
                "+" + MOST_MORE_DESCRIPTORS,
                Verdict.of(descriptors.last() - descriptors.first() <= MOST_MORE_DESCRIPTORS),
                "  its descriptors, at the end to minute " + SETTLED_MINUTES,
                String.format("%+.0f", descriptors.last() - descriptors.first()),
                String.format("(%.0f - %.0f)", descriptors.least(), descriptors.most()));
    }
}
