package dev.vireo.driver.qemu.cgroup.finding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The lines of kernel files that hold names, which may be any bytes: what is not UTF-8 spoils its own line alone. */
final class TextLines {
    private TextLines() {}

    static List<String> read(Path file) throws IOException {
        return of(Files.readAllBytes(file));
    }

    static List<String> of(byte[] text) {
        // not String.lines(): a name may hold a carriage return
        return List.of(new String(text, StandardCharsets.UTF_8).split("\n", -1));
    }
}
