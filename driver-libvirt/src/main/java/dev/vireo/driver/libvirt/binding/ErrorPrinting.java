package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;
import org.libvirt.jna.Libvirt;
import org.libvirt.jna.virError;

/** libvirt prints each error on standard error unless somebody else takes it. Here nobody wants it: errors are thrown. */
final class ErrorPrinting {
    // libvirt calls it for as long as the process lives
    private static final Libvirt.VirErrorCallback IGNORE = new Libvirt.VirErrorCallback() {
        @Override
        public void errorCallback(@Nullable Pointer userData, @Nullable virError error) {}
    };

    private ErrorPrinting() {}

    static void switchOff() {
        LibvirtLibrary.java().virSetErrorFunc(null, IGNORE);
    }
}
