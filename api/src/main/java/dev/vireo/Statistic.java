package dev.vireo;

/** Names a number of a bulk read. All times are nanoseconds, unsigned; the names are libvirt's where it has one. */
public enum Statistic {
    /** CPU time of the whole domain. */
    CPU_TIME(StatsGroup.CPU_TOTAL, "cpu.time"),
    /** Of it, the part in user mode. */
    CPU_USER(StatsGroup.CPU_TOTAL, "cpu.user"),
    /** Of it, the part in kernel mode. */
    CPU_SYSTEM(StatsGroup.CPU_TOTAL, "cpu.system"),
    /** State of a vCPU, the number of a {@link VcpuState} in libvirt; the index is the vCPU's number. */
    VCPU_STATE(StatsGroup.VCPU, "vcpu.state"),
    /** Time that a vCPU has run; the index is the vCPU's number. */
    VCPU_TIME(StatsGroup.VCPU, "vcpu.time"),
    /** Time that a vCPU was ready to run and waited for a host CPU ("steal"); the index is the vCPU's number. */
    VCPU_DELAY(StatsGroup.VCPU, "vcpu.delay"),
    /** CPU time of the domain on a host CPU; the index is the host CPU's id. */
    HOST_CPU_TIME(StatsGroup.HOST_CPU, "host_cpu.cpu_time"),
    /** Of it, the part of the vCPUs; the index is the host CPU's id. */
    HOST_CPU_VCPU_TIME(StatsGroup.HOST_CPU, "host_cpu.vcpu_time");

    private final StatsGroup group;
    private final String statName;

    Statistic(StatsGroup group, String statName) {
        this.group = group;
        this.statName = statName;
    }

    /**
     * Returns the group that brings this statistic.
     *
     * @return the group
     */
    public StatsGroup group() {
        return group;
    }

    /**
     * Returns the statistic's name in documents and output.
     *
     * @return libvirt's name without an index, where libvirt has one
     */
    public String statName() {
        return statName;
    }
}
