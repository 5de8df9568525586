package dev.vireo.exporter.page;

import dev.vireo.monitor.DomainRun;
import dev.vireo.monitor.Rate;
import java.util.Arrays;

/** The points of one run: how much it used and how long it waited. A point that is not known is not a number. */
final class HistoryLine {
    private final DomainRun run;
    private final float[] cpu;
    private final float[] delay;

    HistoryLine(DomainRun run, int points) {
        this(run, new float[points], new float[points]);
        Arrays.fill(cpu, Float.NaN);
        Arrays.fill(delay, Float.NaN);
    }

    private HistoryLine(DomainRun run, float[] cpu, float[] delay) {
        this.run = run;
        this.cpu = cpu;
        this.delay = delay;
    }

    HistoryLine copy() {
        return new HistoryLine(run, cpu.clone(), delay.clone());
    }

    DomainRun run() {
        return run;
    }

    float[] cpu() {
        return cpu;
    }

    float[] delay() {
        return delay;
    }

    void set(int slot, Rate used, Rate waited) {
        cpu[slot] = number(used);
        delay[slot] = number(waited);
    }

    private static float number(Rate rate) {
        return rate.isKnown() ? (float) rate.value() : Float.NaN;
    }
}
