package dev.vireo.driver.qemu.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vireo.Connection;
import dev.vireo.Drivers;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The whole driver over a directory that looks like a host: what its tests share. */
abstract class HostTreeTests {

    static final String UUID_TEXT = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
    static final String SCOPE = "/machine.slice/machine-qemu\\x2d3\\x2dweb.scope/libvirt";

    @TempDir
    private Path directory;

    HostTree host;

    @BeforeEach
    void makeHost() {
        host = new HostTree(directory);
    }

    /** Opens a driver for whom two seconds pass whenever it looks at the clock: nothing that it remembers is fresh. */
    final Connection open() {
        AtomicLong clock = new AtomicLong();
        return open(() -> clock.addAndGet(2_000_000_000L));
    }

    final Connection open(LongSupplier nanoClock) {
        return Drivers.none().with(new QemuCgroupDriver(nanoClock)).open(host.uri());
    }

    static HypervisorException assertFails(ErrorCode code, Executable action) {
        HypervisorException error = assertThrows(HypervisorException.class, action);
        assertEquals(code, error.code(), error.getMessage());
        return error;
    }

    final void libvirtGuestOnV1() {
        host.mountV1()
                .qemu(
                        4242,
                        777,
                        "5:cpu,cpuacct:" + SCOPE + "/emulator\n0::/\n",
                        "/usr/bin/qemu-system-x86_64",
                        "-name",
                        "guest=web,debug-threads=on",
                        "-uuid",
                        UUID_TEXT)
                .v1Group(SCOPE, "900", "3", "4", "500 400")
                .v1Group(SCOPE + "/emulator", "200", "1", "1", "100 100")
                .v1Group(SCOPE + "/vcpu0", "400", "1", "1", "300 100")
                .v1Group(SCOPE + "/vcpu1", "300", "1", "1", "100 200");
    }
}
