package dev.vireo.driver.qemu.cgroup.finding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads files of the kernel that hold names, which may be any bytes: what is not UTF-8 spoils its own line alone. */
final class KernelText {
    private KernelText() {}

    static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
