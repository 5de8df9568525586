package dev.vireo.driver.qemu.cgroup.linux;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class ProcessClockTest {
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final long TICK = 10_000_000;

    @Test
    void thisProcessesClockTellsWhatTheJvmTells() throws IOException {
        ProcessClock clock =
                new ProcessClock(Math.toIntExact(ProcessHandle.current().pid()));
        for (int i = 0; i < 100; i++) {
            long before = system.getProcessCpuTime();
            long time = clock.nanos();
            long after = system.getProcessCpuTime();
            // the JVM's own reading comes in ticks of 10 ms, user and system time rounded down each
            assertTrue(before <= time && time <= after + 2 * TICK, () -> before + " <= " + time + " <= " + after);
        }
    }

    @Test
    void aProcessThatIsNotThereHasNone() throws Exception {
        Process child = new ProcessBuilder("true").start();
        child.waitFor();
        IOException error =
                assertThrows(IOException.class, () -> new ProcessClock(Math.toIntExact(child.pid())).nanos());
        assertTrue(error.getMessage().contains("process " + child.pid()), error.getMessage());
    }

    @Test
    void theClockOfAProcessThatHasEndedIsAnError() throws Exception {
        Process child = new ProcessBuilder("cat").start();
        ProcessClock clock = new ProcessClock(Math.toIntExact(child.pid()));
        clock.nanos();
        child.getOutputStream().close();
        child.waitFor();
        IOException error = assertThrows(IOException.class, clock::nanos);
        assertTrue(error.getMessage().contains("process " + child.pid()), error.getMessage());
    }
}
