package dev.vireo.driver.qemu.cgroup.percpu;

/** Which sources a connection may use: the values of its option {@code percpu}. */
public enum PerCpuOption {
    /** All, best first. */
    AUTO,
    /** {@link PerCpuSource#SCHED_GROUP} alone. */
    SCHED_GROUP,
    /** {@link PerCpuSource#SCHED_EVENTS} alone. */
    SCHED_EVENTS,
    /** {@link PerCpuSource#PERF} alone. */
    PERF,
    /** None. */
    OFF;

    boolean allows(PerCpuSource source) {
        return this == AUTO || name().equals(source.name());
    }
}
