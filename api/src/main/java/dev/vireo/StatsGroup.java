package dev.vireo;

/** Names what a bulk read may ask for: libvirt's {@code virDomainStatsTypes}, and the times per host CPU. */
public enum StatsGroup {
    /** The domain's totals: libvirt's {@code VIR_DOMAIN_STATS_CPU_TOTAL}. */
    CPU_TOTAL,
    /** Each vCPU: libvirt's {@code VIR_DOMAIN_STATS_VCPU}. */
    VCPU,
    /** Each host CPU: what {@link Domain#getCpuStats} tells per CPU; libvirt's bulk read has no such group. */
    HOST_CPU
}
