package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Callback;

/** libvirt prints each error on standard error unless somebody else takes it. Here nobody wants it: errors are thrown. */
final class ErrorPrinting {
    /** {@code virErrorFunc}. */
    interface ErrorFunction extends Callback {
        void invoke(long userData, long error);
    }

    // libvirt calls it for as long as the process lives
    private static final ErrorFunction IGNORE = (userData, error) -> {};

    private ErrorPrinting() {}

    static void switchOff() {
        Virt.virSetErrorFunc(0, IGNORE);
    }
}
