package dev.vireo.driver.test;

import static dev.vireo.driver.test.Fixture.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final Fixture fixture = Fixture.preset();
    private final Faults faults = fixture.hypervisor.faults();
    private final Domain domain = fixture.domain();

    @AfterEach
    void close() {
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
}
