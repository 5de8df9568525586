package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStatsOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kernel whose description of its own types is not what the driver takes: then performance events are counted. */
class OddTypesIT {
    private static final Path REAL = Path.of("/sys/kernel/btf/vmlinux");

    @RegisterExtension
    final Scene scene = new Scene();

    @TempDir
    private Path sysfs;

    private void makeTypes(byte[] content) throws IOException {
        Files.createSymbolicLink(sysfs.resolve("fs"), Path.of("/sys/fs"));
        Files.createSymbolicLink(sysfs.resolve("devices"), Path.of("/sys/devices"));
        if (content.length > 0) {
            Path types = sysfs.resolve("kernel/btf/vmlinux");
            Files.createDirectories(types.getParent());
            Files.write(types, content);
        }
    }

    @AfterEach
    void removeLinks() throws IOException {
        Files.delete(sysfs.resolve("fs"));
        Files.delete(sysfs.resolve("devices"));
    }

    private void assertPerfInsteadSince(String reason) throws IOException {
        PlacedGuest placed = scene.libvirtGuest(CgroupVersion.V2, LibvirtLayout.SYSTEMD);
        try (Connection connection = Connection.open(RealGuestContract.URI + "?sysfs=" + sysfs)) {
            scene.awaitKnown(connection);
            CpuStatsOrigin origin = connection
                    .getDomainByName(placed.name())
                    .cpuStats()
                    .hostCpus()
                    .origin()
                    .orElseThrow();
            assertEquals("perf", origin.source());
            assertTrue(origin.missing().get("sched-events").contains(reason), origin::toString);
        }
    }

    @Test
    void withoutThemItSaysHowAKernelGetsThem() throws IOException {
        makeTypes(new byte[0]);
        assertPerfInsteadSince("CONFIG_DEBUG_INFO_BTF");
    }

    @Test
    void cutOffTheyAreRefused() throws IOException {
        makeTypes(Arrays.copyOf(Files.readAllBytes(REAL), 100_000));
        assertPerfInsteadSince("cut off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dfl_cgrp", "btf_trace_sched_stat_runtime"})
    void aNameThatIsMissingInThemIsNamed(String name) throws IOException {
        byte[] types = Files.readAllBytes(REAL);
        byte[] wanted = ("\0" + name + "\0").getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < types.length - wanted.length; at++) {
            if (Arrays.equals(types, at, at + wanted.length, wanted, 0, wanted.length)) {
                types[at + 1] = '?';
            }
        }
        makeTypes(types);
        assertPerfInsteadSince(name);
    }
}
