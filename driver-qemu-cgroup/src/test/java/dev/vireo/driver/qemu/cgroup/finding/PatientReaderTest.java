package dev.vireo.driver.qemu.cgroup.finding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
            assertArrayEquals("kvm\0-name\0a\0".getBytes(StandardCharsets.UTF_8), readAtLast(reader, file));
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
            assertEquals(MOST_BYTES, readAtLast(reader, file).length);
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

    /** On a host that is busy its patience may be at an end before the file has been read. */
    private static byte[] readAtLast(PatientReader<String> reader, Path file) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        Optional<byte[]> text = reader.find("a", file);
        while (text.isEmpty()) {
            assertTrue(System.nanoTime() < deadline, "the file was never read");
            Thread.onSpinWait();
            text = reader.find("a", file);
        }
        return text.get();
    }
}
