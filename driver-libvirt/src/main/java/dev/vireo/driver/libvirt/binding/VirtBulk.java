package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Native;
import org.jspecify.annotations.NullUnmarked;

/** What libvirt has since 1.2.8. */
@NullUnmarked
final class VirtBulk {
    static {
        Native.register(VirtBulk.class, LibvirtLibrary.forMapping());
    }

    private VirtBulk() {}

    static native int virConnectGetAllDomainStats(long connection, int stats, long records, int flags);

    static native int virDomainListGetStats(long domains, int stats, long records, int flags);

    static native void virDomainStatsRecordListFree(long records);
}
