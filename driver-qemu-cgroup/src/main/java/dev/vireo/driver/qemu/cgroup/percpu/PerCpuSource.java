package dev.vireo.driver.qemu.cgroup.percpu;

import java.util.Locale;

/** A way to know the time on each CPU, best first. */
public enum PerCpuSource {
    /** The run time of the control group's scheduler group, read when it is asked for: since the cpu controller came. */
    SCHED_GROUP("the run time of the scheduler's group, of threads of the fair class"),
    /** The scheduler's own times, added up by a program in the kernel as they come: since it was attached. */
    SCHED_EVENTS("the scheduler's own times, added up by a program in the kernel"),
    /** The kernel's performance events: since they were opened, by another clock. */
    PERF(
            "performance events: another clock, which may differ from cpu.stat by more than 10 % where threads switch often");

    private final String method;

    PerCpuSource(String method) {
        this.method = method;
    }

    /**
     * Says what is counted.
     *
     * @return a sentence without its end
     */
    public String method() {
        return method;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
