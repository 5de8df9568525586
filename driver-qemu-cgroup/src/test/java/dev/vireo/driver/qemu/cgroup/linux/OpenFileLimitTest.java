package dev.vireo.driver.qemu.cgroup.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OpenFileLimitTest {
    @Test
    void itIsTheOneThatTheKernelShows() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(limit -> limit.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();
        String soft = line.substring("Max open files".length()).strip().split(" +", -1)[0];
        assertEquals(soft.equals("unlimited") ? Integer.toString(Integer.MAX_VALUE) : soft, "" + OpenFileLimit.soft());
    }
}
