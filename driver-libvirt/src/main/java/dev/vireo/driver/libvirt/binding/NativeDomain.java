package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Pointer;
import org.libvirt.jna.DomainPointer;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.virDomainInfo;

/**
 * A {@code virDomain}: one reference of libvirt's to a domain, given back once. Thread-safe; whoever closes it sees to it
 * that no call is under way.
 *
 * <p>Each method throws libvirt's error as it came, a {@link dev.vireo.HypervisorException}.
 */
public final class NativeDomain implements AutoCloseable {
    private final Libvirt libvirt = LibvirtLibrary.java();
    private final NativeHandle handle;
    private final DomainIdentity identity;

    private NativeDomain(long address) {
        handle = new NativeHandle("a domain", address);
        identity = DomainIdentity.at(address);
    }

    /**
     * Takes a reference over.
     *
     * @param address a {@code virDomainPtr} that is ours to give back
     * @return its owner from now on
     */
    static NativeDomain owning(long address) {
        try {
            return new NativeDomain(address);
        } catch (RuntimeException unreadable) {
            Virt.virDomainFree(address);
            throw unreadable;
        }
    }

    /**
     * Returns who the domain is, as of when this reference was made.
     *
     * @return id, uuid and name
     */
    public DomainIdentity identity() {
        return identity;
    }

    /**
     * Fills in CPU times, or tells how many there are: {@code virDomainGetCPUStats}.
     *
     * @param into what to fill, large enough for {@code nparams * ncpus}; not used if {@code nparams} is 0
     * @param nparams how many for each CPU, 0 to ask
     * @param startCpu the first CPU, -1 for the total
     * @param ncpus how many CPUs
     * @return libvirt's answer
     */
    public int cpuStats(ParameterBuffer into, int nparams, int startCpu, int ncpus) {
        long params = nparams == 0 ? 0 : into.prepare(nparams * ncpus);
        return LastError.checked(
                Virt.virDomainGetCPUStats(address(), params, nparams, startCpu, ncpus, 0), "virDomainGetCPUStats");
    }

    /**
     * Fills in the vCPUs that are online: {@code virDomainGetVcpus}. It asks no monitor, so that a guest that hangs holds
     * up nobody.
     *
     * @param into what to fill
     * @return how many there are
     */
    public int vcpus(VcpuBuffer into) {
        return into.fill((info, count) ->
                LastError.checked(Virt.virDomainGetVcpus(address(), info, count, 0, 0), "virDomainGetVcpus"));
    }

    /**
     * Returns what the domain is given and has used: {@code virDomainGetInfo}.
     *
     * @return libvirt-java's form of it
     */
    public virDomainInfo info() {
        virDomainInfo info = new virDomainInfo();
        LastError.checked(libvirt.virDomainGetInfo(pointer(), info), "virDomainGetInfo");
        return info;
    }

    /** Pauses the domain: {@code virDomainSuspend}. */
    public void suspend() {
        LastError.checked(libvirt.virDomainSuspend(pointer()), "virDomainSuspend");
    }

    /** Lets the domain go on: {@code virDomainResume}. */
    public void resume() {
        LastError.checked(libvirt.virDomainResume(pointer()), "virDomainResume");
    }

    /** Ends the domain at once: {@code virDomainDestroy}. */
    public void destroy() {
        LastError.checked(libvirt.virDomainDestroy(pointer()), "virDomainDestroy");
    }

    /** Gives the reference back, once: {@code virDomainFree}. */
    @Override
    public void close() {
        long address = handle.release();
        if (address != 0) {
            Virt.virDomainFree(address);
        }
    }

    long address() {
        return handle.address();
    }

    private DomainPointer pointer() {
        DomainPointer pointer = new DomainPointer();
        pointer.setPointer(new Pointer(address()));
        return pointer;
    }
}
