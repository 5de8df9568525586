package dev.vireo.driver.qemu.cgroup.percpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.driver.qemu.cgroup.linux.SystemCallException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
    @TempDir
    private Path sysfs;

    private String ofBpf(IOException failed) throws IOException {
        return Refusals.ofBpf(failed, sysfs).reason();
    }

    private String ofPerf(IOException failed) throws IOException {
        return Refusals.ofPerf(failed, sysfs).reason();
    }

    @ParameterizedTest
    @CsvSource({
        "1, EPERM, CAP_BPF",
        "1, EPERM, RLIMIT_MEMLOCK",
        "13, EACCES, CAP_PERFMON",
        "38, ENOSYS, CONFIG_BPF_SYSCALL",
        "22, EINVAL, Linux 5.10",
        "22, EINVAL, not known yet"
    })
    void eachErrnoOfBpfIsNamedWithWhatWouldHelp(int errno, String name, String help) throws IOException {
        String reason = ofBpf(new SystemCallException("bpf(MAP_CREATE)", errno));
        assertTrue(reason.startsWith("bpf(MAP_CREATE) failed with " + name), reason);
        assertTrue(reason.contains(help), reason);
    }

    @ParameterizedTest
    @CsvSource({
        "1, CAP_PERFMON",
        "13, kernel.perf_event_paranoid",
        "38, CONFIG_PERF_EVENTS",
        "22, CONFIG_CGROUP_PERF",
        "2, perf_event controller"
    })
    void eachErrnoOfPerformanceEventsIsNamedWithWhatWouldHelp(int errno, String help) throws IOException {
        String reason = ofPerf(new SystemCallException("perf_event_open", errno));
        assertTrue(reason.contains(help), reason);
    }

    /** A source that was passed over stays so, and tomorrow there may be memory again. */
    @ParameterizedTest
    @CsvSource({"4, EINTR", "11, EAGAIN", "12, ENOMEM", "23, ENFILE", "24, ulimit -n"})
    void whatIsRefusedForTheMomentIsNoReasonToPassASourceOver(int errno, String said) {
        for (IOException error : new IOException[] {
            assertThrows(IOException.class, () -> ofBpf(new SystemCallException("bpf(MAP_CREATE)", errno))),
            assertThrows(IOException.class, () -> ofPerf(new SystemCallException("perf_event_open", errno)))
        }) {
            assertTrue(error.getMessage().contains(said), error.getMessage());
        }
    }

    @Test
    void whatIsRefusedForTheMomentIsKnownByItsCause() {
        IOException held =
                new IOException("the lock is held", new SystemCallException("flock", SystemCallException.EAGAIN));
        assertEquals(
                "the lock is held",
                assertThrows(IOException.class, () -> ofBpf(held)).getMessage());
    }

    @Test
    void ofAKernelThatIsLockedDownThatIsSaidToRootToo() throws IOException {
        SystemCallException refused = new SystemCallException("perf_event_open", SystemCallException.EPERM);
        Path lockdown =
                Files.createDirectories(sysfs.resolve("kernel/security")).resolve("lockdown");
        Files.writeString(lockdown, "none integrity [confidentiality]\n");
        assertTrue(ofPerf(refused).endsWith("this kernel is locked down for confidentiality"), ofPerf(refused));
        Files.writeString(lockdown, "[none] integrity confidentiality\n");
        assertFalse(ofPerf(refused).contains("locked down"), ofPerf(refused));
    }

    @Test
    void whatIsNoSystemCallIsToldAsItIs() throws IOException {
        assertEquals("no luck", ofBpf(new IOException("no luck")));
        assertEquals("f failed with errno 77", ofPerf(new SystemCallException("f", 77)));
    }

    @Test
    void aFileIsNeverTheWholeReason() throws IOException {
        assertEquals("there is no /pins/groups", ofBpf(new NoSuchFileException("/pins/groups")));
        assertEquals("/pins/groups: permission denied", ofBpf(new AccessDeniedException("/pins/groups")));
    }
}
