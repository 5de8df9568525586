package dev.vireo.driver.qemu.cgroup.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vireo.HypervisorVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QemuVersionTest {
    private static final int CHUNK = 1 << 20;
    private static final String TEXT = "QEMU emulator version 8.2.12 (Debian 1:8.2.12+ds-1)\nCopyright";

    @TempDir
    private Path root;

    private Path program(String path, String text, int before) throws IOException {
        Path program = root.resolve(path);
        Files.createDirectories(program.getParent());
        byte[] bytes = new byte[before + text.length() + 100];
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, bytes, before, text.length());
        return Files.write(program, bytes);
    }

    @Test
    void theTextIsFoundWhereverTheProgramIsCutIntoChunks() throws IOException {
        for (int before = CHUNK - TEXT.length() - 2; before <= CHUNK + 2; before++) {
            Path program = program("qemu", TEXT, before);
            int place = before;
            assertEquals(
                    Optional.of(new HypervisorVersion(8, 2, 12)), QemuVersion.read(program), () -> "at byte " + place);
        }
    }

    @Test
    void theTextIsFoundInLaterChunksToo() throws IOException {
        for (int before : new int[] {0, 2 * CHUNK - 25, 2 * CHUNK, 3 * CHUNK - 27}) {
            assertEquals(Optional.of(new HypervisorVersion(8, 2, 12)), QemuVersion.read(program("qemu", TEXT, before)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "QEMU emulator version", "QEMU emulator version x.y.z", "qemu-img version 8.2.1"})
    void aProgramThatDoesNotTellHasNone(String text) throws IOException {
        assertEquals(Optional.empty(), QemuVersion.read(program("qemu", text, 10)));
    }

    @Test
    void theFirstProgramThatTellsIsTheOne() throws IOException {
        QemuVersion version = new QemuVersion(root);
        assertEquals(Optional.empty(), version.find());
        program("usr/local/bin/kvm", "QEMU emulator version 7.0.0\n", 0);
        assertEquals(Optional.of(new HypervisorVersion(7, 0, 0)), version.find());
        program("usr/bin/qemu-kvm", "a shell script\n", 0);
        assertEquals(Optional.of(new HypervisorVersion(7, 0, 0)), version.find());
        program("usr/libexec/qemu-kvm", "QEMU emulator version 9.1.2\n", 0);
        assertEquals(Optional.of(new HypervisorVersion(9, 1, 2)), version.find());
    }

    @Test
    void aProgramThatCannotBeReadIsAnError() throws IOException {
        Files.createDirectories(root.resolve("usr/bin/kvm"));
        assertThrows(IOException.class, () -> new QemuVersion(root).find());
    }
}
