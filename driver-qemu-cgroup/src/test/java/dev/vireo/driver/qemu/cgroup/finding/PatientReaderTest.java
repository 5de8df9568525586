package dev.vireo.driver.qemu.cgroup.finding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientReaderTest {
    private static final int MOST_BYTES = 8 << 20;

    @TempDir
    private Path directory;

    @Test
    void aFileIsReadWhole() throws IOException {
        Path file = Files.writeString(directory.resolve("cmdline"), "kvm\0-name\0a\0");
        try (PatientReader<String> reader = new PatientReader<>()) {
            assertArrayEquals(
                    "kvm\0-name\0a\0".getBytes(StandardCharsets.UTF_8),
                    reader.find("a", file).orElseThrow());
        }
    }

    /** A process may say that its arguments are as large as its address space. */
    @Test
    void ofAFileWithoutEndOnlyTheBeginningIsRead() throws IOException {
        Path file = directory.resolve("cmdline");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 36);
        }
        try (PatientReader<String> reader = new PatientReader<>()) {
            assertEquals(MOST_BYTES, reader.find("a", file).orElseThrow().length);
        }
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "text");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        try (PatientReader<String> reader = new PatientReader<>()) {
            assertThrows(IOException.class, () -> reader.find("a", link));
        }
    }
}
