package dev.vireo.driver.test;

import static dev.vireo.driver.test.Fixture.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.ErrorCode;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final Fixture fixture = Fixture.preset();
    private final Faults faults = fixture.hypervisor.faults();
    private final Domain domain = fixture.domain();

    @AfterEach
    void close() {
        faults.clear();
        fixture.close();
    }

    @Test
    void anOperationFailsOnceAndThenWorks() {
        faults.failOnce(Operation.DOMAIN_GET_INFO, ErrorCode.SYSTEM_ERROR);
        String message = assertFails(ErrorCode.SYSTEM_ERROR, domain::getInfo).getMessage();
        assertTrue(message.contains("'test'"), message);
        assertEquals(2, domain.getInfo().vcpus().value());
    }

    @Test
    void anOperationFailsUntilTheFaultsAreCleared() {
        faults.fail(Operation.CONNECT_GET_HOSTNAME, ErrorCode.OPERATION_TIMEOUT);
        assertFails(ErrorCode.OPERATION_TIMEOUT, fixture.connection::getHostname);
        assertFails(ErrorCode.OPERATION_TIMEOUT, fixture.connection::getHostname);
        faults.clear();
        assertEquals("test-host", fixture.connection.getHostname());
    }

    @Test
    void aDomainVanishesBetweenTwoCalls() {
        faults.before(Operation.DOMAIN_GET_CPU_STATS, 2, fixture.hypervisor.domain("test")::end);
        assertEquals(3, domain.getCpuStats(null, 0, -1, 1, 0));
        assertFails(ErrorCode.NO_DOMAIN, () -> domain.getCpuStats(null, 0, -1, 1, 0));
    }

    @Test
    void aHypervisorThatIsGoneFailsEverything() {
        faults.disconnect();
        assertFalse(fixture.connection.isAlive());
        assertFails(ErrorCode.RPC, domain::getInfo);
        assertFails(ErrorCode.RPC, fixture.connection::listDomains);
        faults.clear();
        assertTrue(fixture.connection.isAlive());
    }

    @Test
    void callsAboutADomainThatHangsWaitUntilItIsReleased() throws Exception {
        Hang hang = faults.hang(fixture.hypervisor.domain("test"));
        FutureTask<Integer> call = new FutureTask<>(() -> domain.getCpuStats(null, 0, -1, 1, 0));
        FutureTask<List<String>> bulk = new FutureTask<>(this::namesOfABulkRead);
        new Thread(call).start();
        new Thread(bulk).start();
        awaitWaiting(hang, 2);
        assertFalse(call.isDone());
        assertFalse(bulk.isDone());
        hang.release();
        assertEquals(3, call.get(10, TimeUnit.SECONDS));
        assertEquals(List.of("test"), bulk.get(10, TimeUnit.SECONDS));
        assertEquals(0, hang.waiting());
    }

    @Test
    void aDomainThatHangsHoldsUpNoCallAboutAnother() {
        faults.hang(fixture.hypervisor.add(DomainConfiguration.named("other")));
        assertEquals(3, domain.getCpuStats(null, 0, -1, 1, 0));
    }

    private List<String> namesOfABulkRead() {
        List<String> names = new ArrayList<>();
        DomainStatsVisitor visitor = new DomainStatsVisitor() {
            @Override
            public void domain(DomainRef each, DomainState state) {
                names.add(each.name());
            }

            @Override
            public void value(Statistic statistic, int index, long value) {}

            @Override
            public void unavailable(Statistic statistic, int index, String reason) {}
        };
        fixture.connection.getAllDomainStats(Set.of(StatsGroup.CPU_TOTAL), visitor, 0);
        return names;
    }

    private static void awaitWaiting(Hang hang, int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (hang.waiting() < count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(count, hang.waiting());
    }
}
