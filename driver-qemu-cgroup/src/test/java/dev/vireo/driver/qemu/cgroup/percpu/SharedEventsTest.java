package dev.vireo.driver.qemu.cgroup.percpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.driver.qemu.cgroup.linux.Bpf;
import dev.vireo.driver.qemu.cgroup.linux.FakeKernel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One set of programs for all connections of a process. */
class SharedEventsTest {
    private static final long PROGRAMS = 2;

    private final Bpf bpf = new FakeKernel().bpf();
    private final SharedEvents shared = SharedEvents.ofThisProcess();
    private CountingHost host;

    @BeforeEach
    void makeHost(@TempDir Path directory) throws IOException {
        host = new FakeHost(directory).withTypes().host();
    }

    @Test
    void programsAreAttachedWithTheFirstUserAndDetachedWithTheLast() throws IOException, PassedOverException {
        assertFalse(shared.isCounting(host));
        SchedEvents one = shared.acquire(bpf, host);
        SchedEvents other = shared.acquire(bpf, host);
        assertSame(one, other);
        assertEquals(PROGRAMS, FakeKernel.attached());
        shared.release(host, one);
        assertTrue(shared.isCounting(host));
        assertEquals(PROGRAMS, FakeKernel.attached());
        shared.release(host, other);
        assertFalse(shared.isCounting(host));
        assertEquals(0, FakeKernel.attached());
    }

    @Test
    void afterAStopTheNextUserGetsOthersWhileTheFirstOnesStayWithTheirs() throws IOException, PassedOverException {
        SchedEvents stopped = shared.acquire(bpf, host);
        shared.stopOwn(host);
        assertTrue(stopped.isStopped());
        SchedEvents next = shared.acquire(bpf, host);
        assertNotSame(stopped, next);
        shared.release(host, stopped);
        assertEquals(PROGRAMS, FakeKernel.attached());
        assertTrue(shared.isCounting(host));
        shared.release(host, next);
        assertEquals(0, FakeKernel.attached());
    }
}
