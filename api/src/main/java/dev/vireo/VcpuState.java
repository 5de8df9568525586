package dev.vireo;

/** Names the states of a vCPU: libvirt's {@code virVcpuState}. */
public enum VcpuState {
    /** The vCPU is offline. */
    OFFLINE,
    /** The vCPU is running or ready to run. */
    RUNNING,
    /** The vCPU is waiting. */
    BLOCKED,
    /** The hypervisor does not tell. */
    UNAVAILABLE
}
