package dev.vireo.driver.qemu.cgroup.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibvirtLayoutTest {
    @ParameterizedTest
    @CsvSource({
        "/machine.slice/machine-qemu\\x2d3\\x2dweb.scope/libvirt/emulator, 30, 3",
        "/machine.slice/machine-qemu\\x2d3\\x2dweb.scope/libvirt/vcpu12, 30, 3",
        "/machine.slice/machine-qemu\\x2d3\\x2dweb.scope/emulator, 0, 3",
        "/machine.slice/machine-qemu\\x2d3\\x2dweb.scope, 0, 3",
        "/machine.slice/machine-production.slice/machine-qemu\\x2d14\\x2da\\x2db.scope/libvirt/iothread1, 0, 14",
        "/machine/qemu-7-my-guest.libvirt-qemu/emulator, 0, 7",
        "/machine/test.partition/qemu-8-x.libvirt-qemu/vcpu0, 0, 8",
    })
    void libvirtsGroupsGiveTheDomainsGroupAndId(String path, int unused, int id) {
        LibvirtLayout layout = LibvirtLayout.of(path).orElseThrow();
        assertEquals(OptionalInt.of(id), layout.id());
        assertEquals(path.replaceFirst("/(emulator|vcpu\\d+|iothread\\d+)$", ""), layout.group());
    }

    @Test
    void theOldestNamesHaveNoId() {
        assertEquals(
                OptionalInt.empty(),
                LibvirtLayout.of("/machine/web.libvirt-qemu/emulator")
                        .orElseThrow()
                        .id());
        assertEquals(
                OptionalInt.empty(),
                LibvirtLayout.of("/machine.slice/machine-qemu\\x2dweb.scope/emulator")
                        .orElseThrow()
                        .id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/system.slice/libvirtd.service",
                "/user.slice/user-0.slice/session-1.scope",
                "/machine.slice/machine-lxc\\x2d3\\x2dweb.scope/libvirt",
                "/machine.slice/machine-qemu\\x2d3\\x2dweb.scope/somewhere/else",
                "/qemu.slice/100.scope",
            })
    void otherGroupsAreNotLibvirts(String path) {
        assertEquals(Optional.empty(), LibvirtLayout.of(path));
    }
}
