package dev.vireo.driver.libvirt.binding;

import dev.vireo.VcpuPin;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What libvirt tells of how a domain is scheduled. Thread-safe. */
public final class SchedulerCalls {
    private static final int CURRENT = 0;
    private static final int VCPU_MAXIMUM = 1 << 2;
    private static final int COUNT = 0;

    private SchedulerCalls() {}

    /**
     * Fills in parameters: {@code virDomainGetSchedulerParameters}, with flags {@code virDomainGetSchedulerParametersFlags}.
     *
     * @param domain whose
     * @param into what to fill
     * @param nparams how many at most
     * @param flags a {@code virDomainModificationImpact}
     * @return how many were filled
     */
    public static int parameters(NativeDomain domain, ParameterBuffer into, int nparams, int flags) {
        Scratch count = new Scratch(Integer.BYTES);
        count.bytes().putInt(COUNT, nparams);
        try {
            long params = into.prepare(nparams);
            // some of libvirt's drivers refuse the later function whatever the flags, since it adds one of its own
            int result = flags == CURRENT
                    ? Virt.virDomainGetSchedulerParameters(domain.address(), params, count.address())
                    : Virt.virDomainGetSchedulerParametersFlags(domain.address(), params, count.address(), flags);
            LastError.checked(result, "virDomainGetSchedulerParameters");
            return count.bytes().getInt(COUNT);
        } finally {
            // its memory goes with it, and whoever only counts does not look into it
            Reference.reachabilityFence(into);
        }
    }

    /**
     * Returns on which CPUs each vCPU may run: {@code virDomainGetVcpuPinInfo}. libvirt gives a vCPU that is offline no
     * CPU at all; it is left out.
     *
     * @param domain whose
     * @param cpuIds how many CPU ids the host has
     * @param flags a {@code virDomainModificationImpact}
     * @return the vCPUs in the order of their numbers
     */
    public static List<VcpuPin> pins(NativeDomain domain, int cpuIds, int flags) {
        int vcpus = LastError.checked(
                Virt.virDomainGetVcpusFlags(domain.address(), flags | VCPU_MAXIMUM), "virDomainGetVcpusFlags");
        int length = (cpuIds + Byte.SIZE - 1) / Byte.SIZE;
        Scratch maps = new Scratch(vcpus * length);
        int filled = LastError.checked(
                Virt.virDomainGetVcpuPinInfo(domain.address(), vcpus, maps.address(), length, flags),
                "virDomainGetVcpuPinInfo");
        return pins(maps.bytes(), filled, length);
    }

    private static List<VcpuPin> pins(ByteBuffer maps, int vcpus, int length) {
        List<VcpuPin> pins = new ArrayList<>();
        byte[] map = new byte[length];
        for (int vcpu = 0; vcpu < vcpus; vcpu++) {
            maps.get(vcpu * length, map);
            BitSet cpus = BitSet.valueOf(map);
            if (!cpus.isEmpty()) {
                pins.add(new VcpuPin(vcpu, cpus));
            }
        }
        return pins;
    }
}
