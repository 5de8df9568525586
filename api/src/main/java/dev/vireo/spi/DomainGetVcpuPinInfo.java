package dev.vireo.spi;

import dev.vireo.DomainRef;
import dev.vireo.VcpuPin;
import java.util.List;

/**
 * Implements {@link dev.vireo.Domain#getVcpuPinInfo}.
 *
 * @since 0.1, level 2
 */
@FunctionalInterface
public interface DomainGetVcpuPinInfo {
    /**
     * Tells on which host CPUs each vCPU may run. Called with checked flags.
     *
     * @param domain the session's own object
     * @param flags {@link dev.vireo.Domain#AFFECT_CURRENT}, {@link dev.vireo.Domain#AFFECT_LIVE} or
     *     {@link dev.vireo.Domain#AFFECT_CONFIG}
     * @return the vCPUs that are online, in ascending order of number
     * @throws dev.vireo.HypervisorException as
     *     {@link DomainGetSchedulerParameters#getSchedulerParameters(DomainRef, dev.vireo.TypedParameters, int, int)}
     */
    List<VcpuPin> getVcpuPinInfo(DomainRef domain, int flags);
}
