package dev.vireo.driver.libvirt.binding;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LibvirtLibraryTest {
    @Test
    void aLibraryThatIsNotThereSaysWhichPackageHasIt() {
        LibvirtLibrary.UnusableException error = assertThrows(
                LibvirtLibrary.UnusableException.class, () -> LibvirtLibrary.find("virt-that-is-not-there"));
        assertTrue(error.getMessage().contains("libvirt.so.0, cannot be loaded"), error::getMessage);
        assertTrue(error.getMessage().contains("install libvirt0 (Debian, Ubuntu)"), error::getMessage);
    }
}
