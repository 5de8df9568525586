package dev.vireo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemeListTest {
    @Test
    void schemesWithTheSameTransportsAreToldOnce() {
        assertEquals(
                "libvirt; lxc, qemu, also with +ssh, +tls",
                SchemeList.of(Set.of("qemu", "qemu+ssh", "qemu+tls", "lxc", "lxc+tls", "lxc+ssh", "libvirt")));
    }

    @Test
    void aPlusAloneMakesNoVariant() {
        assertEquals("qemu+cgroup, test", SchemeList.of(Set.of("test", "qemu+cgroup")));
    }
}
