package dev.vireo.driver.qemu.cgroup.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagerLayoutTest {
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
        ManagerLayout.Match layout = ManagerLayout.of(path).orElseThrow();
        assertEquals(OptionalInt.of(id), layout.id());
        assertEquals(path.replaceFirst("/(emulator|vcpu\\d+|iothread\\d+)$", ""), layout.group());
    }

    @Test
    void theOldestNamesHaveNoId() {
        assertEquals(
                OptionalInt.empty(),
                ManagerLayout.of("/machine/web.libvirt-qemu/emulator")
                        .orElseThrow()
                        .id());
        assertEquals(
                OptionalInt.empty(),
                ManagerLayout.of("/machine.slice/machine-qemu\\x2dweb.scope/emulator")
                        .orElseThrow()
                        .id());
    }

    @ParameterizedTest
    @CsvSource({
        "/libvirtd/libvirt/qemu/web/emulator, /libvirtd/libvirt/qemu/web",
        "/machine.slice/machine-qemu\\x2d0a1b2c3d\\x2d5\\x2dweb.scope/libvirt/emulator,"
                + " /machine.slice/machine-qemu\\x2d0a1b2c3d\\x2d5\\x2dweb.scope/libvirt",
        "/qemu.slice/100.scope, /qemu.slice/100.scope",
    })
    void theGroupOfAGuestIsItsManagersWithNothingElseNeeded(String path, String group) {
        ManagerLayout.Match match = ManagerLayout.of(path).orElseThrow();
        assertEquals(group, match.group());
        assertEquals("", match.companion());
    }

    @ParameterizedTest
    @CsvSource({
        "/kubepods.slice/kubepods-burstable.slice/"
                + "kubepods-burstable-pod0f6a1a3c_8d4e_4b2f_9a51_2f7f3f0c9d11.slice/cri-containerd-ab12.scope/housekeeping,"
                + " virt-launcher",
        "/kubepods/besteffort/pod0f6a1a3c-8d4e-4b2f-9a51-2f7f3f0c9d11/ab12, virt-launcher",
        "/machine.slice/machine-web.scope, systemd-vmspaw",
    })
    void aGroupThatOthersUseTooNeedsItsManagerInIt(String path, String companion) {
        assertEquals(companion, ManagerLayout.of(path).orElseThrow().companion());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/system.slice/libvirtd.service",
                "/user.slice/user-0.slice/session-1.scope",
                "/machine.slice/machine-qemu\\x2d3\\x2dweb.scope/somewhere/else",
                "/kubepods/besteffort/pod12/ab12",
                "/qemu.slice/web.scope",
            })
    void otherGroupsAreNoManagers(String path) {
        assertEquals(Optional.empty(), ManagerLayout.of(path));
    }
}
