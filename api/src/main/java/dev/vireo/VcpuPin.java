package dev.vireo;

import java.util.BitSet;

/**
 * Tells on which host CPUs a vCPU may run: a row of libvirt's {@code virDomainGetVcpuPinInfo}. A vCPU that is pinned to
 * nothing has all CPUs of the host.
 *
 * <p>Immutable and thread-safe: the set is copied on its way in and out.
 *
 * @param vcpu the number of the vCPU, 0 or more
 * @param cpus the ids of the host CPUs that it may run on, one at least
 * @since 0.1, level 2
 */
public record VcpuPin(int vcpu, BitSet cpus) {
    /**
     * Checks and copies what is given.
     *
     * @throws IllegalArgumentException if the number is negative or there is no CPU
     */
    public VcpuPin {
        if (vcpu < 0) {
            throw new IllegalArgumentException("negative vCPU: " + vcpu);
        }
        if (cpus.isEmpty()) {
            throw new IllegalArgumentException("vCPU " + vcpu + " may run on no CPU at all");
        }
        cpus = (BitSet) cpus.clone();
    }

    /**
     * Returns the ids of the host CPUs.
     *
     * @return a copy
     */
    @Override
    public BitSet cpus() {
        return (BitSet) cpus.clone();
    }
}
