package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Native;
import dev.vireo.driver.libvirt.binding.ErrorPrinting.ErrorFunction;
import dev.vireo.driver.libvirt.binding.EventImplementation.AddHandle;
import dev.vireo.driver.libvirt.binding.EventImplementation.AddTimeout;
import dev.vireo.driver.libvirt.binding.EventImplementation.Remove;
import dev.vireo.driver.libvirt.binding.EventImplementation.Update;
import org.jspecify.annotations.NullUnmarked;

/**
 * libvirt by direct mapping: fixed signatures, addresses as plain numbers. What every libvirt has that this driver can
 * work with, {@link LibvirtLibrary#OLDEST}; libvirt-java lacks these, or decodes their texts in the locale's charset.
 */
@NullUnmarked
final class Virt {
    static {
        Native.register(Virt.class, LibvirtLibrary.forMapping());
    }

    private Virt() {}

    static native void virEventRegisterImpl(
            AddHandle addHandle,
            Update updateHandle,
            Remove removeHandle,
            AddTimeout addTimeout,
            Update updateTimeout,
            Remove removeTimeout);

    static native void virSetErrorFunc(long userData, ErrorFunction function);

    static native int virGetVersion(long version, long type, long typeVersion);

    static native long virGetLastError();

    static native long virDomainLookupByName(long connection, long name);

    static native int virConnectListAllDomains(long connection, long domains, int flags);

    static native int virDomainGetID(long domain);

    static native int virDomainGetUUID(long domain, long uuid);

    static native long virDomainGetName(long domain);

    static native int virDomainFree(long domain);

    static native int virDomainGetCPUStats(long domain, long params, int nparams, int startCpu, int ncpus, int flags);

    static native int virDomainGetVcpus(long domain, long info, int maxinfo, long cpumaps, int maplen);

    static native int virDomainGetSchedulerParameters(long domain, long params, long nparams);

    static native int virDomainGetSchedulerParametersFlags(long domain, long params, long nparams, int flags);

    static native int virDomainGetVcpusFlags(long domain, int flags);

    static native int virDomainGetVcpuPinInfo(long domain, int ncpumaps, long cpumaps, int maplen, int flags);

    static native int virNodeGetCPUStats(long connection, int cpu, long params, long nparams, int flags);
}
