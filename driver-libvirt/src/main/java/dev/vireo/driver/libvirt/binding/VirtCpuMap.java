package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Native;
import org.jspecify.annotations.NullUnmarked;

/** What libvirt has since 1.0.0. */
@NullUnmarked
final class VirtCpuMap {
    static {
        Native.register(VirtCpuMap.class, LibvirtLibrary.forMapping());
    }

    private VirtCpuMap() {}

    static native int virNodeGetCPUMap(long connection, long map, long online, int flags);
}
