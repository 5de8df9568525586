package dev.vireo.driver.qemu.cgroup.reading;

/**
 * The memory of one reading: when it is, what a kernel file says, and the numbers taken from it. One for each thread that
 * reads.
 */
public final class Workspace {
    final KernelText text = new KernelText();
    final CpuTotal total = new CpuTotal();
    final HostCpuTimes hostCpus = new HostCpuTimes();
    final VcpuReadings vcpus = new VcpuReadings();
    long now;

    /** Makes a workspace. */
    public Workspace() {}

    /**
     * Says when the reading is: the clock is asked once for all of it.
     *
     * @param nanos the time by a clock that never goes back
     * @return this workspace
     */
    public Workspace at(long nanos) {
        now = nanos;
        return this;
    }

    /**
     * Returns the memory for texts.
     *
     * @return the text of the file that was read last
     */
    public KernelText text() {
        return text;
    }
}
