package dev.vireo.driver.test;

import static dev.vireo.driver.test.Fixture.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vireo.ErrorCode;
import dev.vireo.NodeInfo;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuState;
import dev.vireo.VcpuTimes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeAndVcpusTest {
    private final Fixture fixture = Fixture.withGaps();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theNodeHasThePresentCpus() {
        NodeInfo info = fixture.connection.getNodeInfo();
        assertEquals("x86_64", info.model());
        assertEquals(3, info.cpus());
        assertEquals(3, info.coresPerSocket().value());
        assertEquals(5, fixture.connection.getNodeCpuMap().size());
        assertFalse(fixture.connection.getNodeCpuMap().isPresent(3));
    }

    @Test
    void theTimesOfACpuAddUpToItsUpTime() {
        fixture.clock.advanceNanos(999);
        TypedParameters params = TypedParameters.allocate(4);
        assertEquals(4, fixture.connection.getNodeCpuStats(4, params, 4, 0));
        assertEquals(100_000_000_999L, sum(params));
        assertEquals("kernel", params.name(0));
        assertEquals(4, fixture.connection.getNodeCpuStats(-1, params, 4, 0));
        assertEquals(3 * 100_000_000_999L, sum(params));
    }

    @Test
    void aNodeCountQueryNeedsNoBuffer() {
        assertEquals(4, fixture.connection.getNodeCpuStats(-1, null, 0, 0));
    }

    @Test
    void timesOfAMissingCpuAreInvalid() {
        TypedParameters params = TypedParameters.allocate(1);
        assertFails(ErrorCode.INVALID_ARG, () -> fixture.connection.getNodeCpuStats(3, params, 1, 0));
        assertFails(ErrorCode.INVALID_ARG, () -> fixture.connection.getNodeCpuStats(5, params, 1, 0));
    }

    @Test
    void vcpusAreOnCpusThatAreThere() {
        fixture.clock.advanceNanos(1000);
        fixture.hypervisor.add(DomainConfiguration.named("web").withVcpus(4));
        fixture.clock.advanceNanos(1000);
        VcpuTimes vcpus = VcpuTimes.allocate(1);
        fixture.connection.getDomainByName("web").getVcpus(vcpus);
        assertEquals(4, vcpus.size());
        assertEquals(2, vcpus.cpu(1));
        assertEquals(0, vcpus.cpu(3));
        assertEquals(VcpuState.RUNNING, vcpus.state(3));
        assertEquals(990, vcpus.runTimeNanos(3));
        assertEquals(5, vcpus.delayNanos(3));
    }

    @Test
    void theVcpusOfAPausedDomainWait() {
        fixture.domain().suspend();
        VcpuTimes vcpus = VcpuTimes.allocate(2);
        fixture.domain().getVcpus(vcpus);
        assertEquals(VcpuState.BLOCKED, vcpus.state(0));
    }

    @Test
    void aDomainThatIsShutOffHasNoVcpuTimes() {
        fixture.domain().destroy();
        assertFails(ErrorCode.OPERATION_INVALID, () -> fixture.domain().getVcpus(VcpuTimes.allocate(2)));
    }

    private static long sum(TypedParameters params) {
        long sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += params.unsignedLong(i);
        }
        return sum;
    }
}
