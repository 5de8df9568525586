package dev.vireo.driver.qemu.cgroup.percpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.driver.qemu.cgroup.linux.SystemCallException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
    @ParameterizedTest
    @CsvSource({
        "1, EPERM, CAP_BPF",
        "1, EPERM, RLIMIT_MEMLOCK",
        "13, EACCES, CAP_PERFMON",
        "38, ENOSYS, CONFIG_BPF_SYSCALL",
        "22, EINVAL, Linux 5.10",
        "24, EMFILE, ulimit -n"
    })
    void eachErrnoOfBpfIsNamedWithWhatWouldHelp(int errno, String name, String help) {
        String reason = Refusals.ofBpf(new SystemCallException("bpf(MAP_CREATE)", errno))
                .reason();
        assertTrue(reason.startsWith("bpf(MAP_CREATE) failed with " + name), reason);
        assertTrue(reason.contains(help), reason);
    }

    @ParameterizedTest
    @CsvSource({
        "1, CAP_PERFMON",
        "13, kernel.perf_event_paranoid",
        "38, CONFIG_PERF_EVENTS",
        "22, CONFIG_CGROUP_PERF",
        "24, ulimit -n"
    })
    void eachErrnoOfPerformanceEventsIsNamedWithWhatWouldHelp(int errno, String help) {
        String reason = Refusals.ofPerf(new SystemCallException("perf_event_open", errno))
                .reason();
        assertTrue(reason.contains(help), reason);
    }

    @Test
    void whatIsNoSystemCallIsToldAsItIs() {
        assertEquals("no luck", Refusals.ofBpf(new IOException("no luck")).reason());
        assertEquals(
                "f failed with errno 77",
                Refusals.ofPerf(new SystemCallException("f", 77)).reason());
    }
}
