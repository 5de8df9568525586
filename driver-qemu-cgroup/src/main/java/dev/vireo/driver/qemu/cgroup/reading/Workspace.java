package dev.vireo.driver.qemu.cgroup.reading;

/** The memory of one reading: what a kernel file says, and the numbers taken from it. One for each thread that reads. */
public final class Workspace {
    final KernelText text = new KernelText();
    final CpuTotal total = new CpuTotal();
    final HostCpuTimes hostCpus = new HostCpuTimes();
    final VcpuReadings vcpus = new VcpuReadings();

    /** Makes a workspace. */
    public Workspace() {}

    /**
     * Returns the memory for texts.
     *
     * @return the text of the file that was read last
     */
    public KernelText text() {
        return text;
    }
}
