package dev.vireo.driver.test;

import static dev.vireo.driver.test.Fixture.assertFails;
import static dev.vireo.driver.test.Fixture.open;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.DomainState;
import dev.vireo.Drivers;
import dev.vireo.ErrorCode;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import dev.vireo.spi.HypervisorDriver;
import java.util.EnumSet;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestDriverTest {
    @Test
    void theServiceLoaderFindsIt() {
        HypervisorDriver driver =
                ServiceLoader.load(HypervisorDriver.class).findFirst().orElseThrow();
        assertEquals("test", driver.name());
        assertEquals(EnumSet.allOf(Operation.class), driver.operations());
        assertTrue(driver.probe().isEmpty());
    }

    @Test
    void aConnectionHasAllOperations() {
        try (Connection connection = open("test:///default")) {
            assertEquals(EnumSet.allOf(Operation.class), connection.operations());
        }
    }

    @Test
    void eachConnectionOfAUriHasAHypervisorOfItsOwn() {
        Drivers drivers = Drivers.none().with(new TestDriver());
        OpenOptions readWrite = OpenOptions.defaults().readWrite();
        try (Connection one = drivers.open("test:///default", readWrite);
                Connection other = drivers.open("test:///default", readWrite)) {
            one.getDomainByName("test").destroy();
            assertEquals(1, other.listDomains().size());
        }
    }

    @Test
    void aStoppedClockGivesTheConstants() {
        try (Connection connection = open("test:///default?clock=stopped")) {
            TypedParameters params = TypedParameters.allocate(1);
            connection.getDomainByName("test").getCpuStats(params, 1, -1, 1, 0);
            assertEquals(48772617035L, params.unsignedLong(0));
        }
    }

    @Test
    void sizesAreOptions() {
        try (Connection connection = open("test:///default?domains=3&vcpus=5&cpus=9&missing-cpus=2,5-7")) {
            assertEquals(3, connection.listDomains().size());
            Domain third = connection.getDomainByName("test-3");
            assertEquals(3, third.id());
            assertEquals(9, third.getCpuStats(null, 0, 0, 0, 0));
            assertEquals(5, connection.getNodeInfo().cpus());
            VcpuTimes vcpus = VcpuTimes.allocate(5);
            third.getVcpus(vcpus);
            assertEquals(5, vcpus.size());
        }
    }

    @Test
    void theFirstDomainBeginsInTheGivenState() {
        try (Connection connection = open("test:///default?domains=2&state=shutoff")) {
            assertEquals(1, connection.listDomains().size());
            assertEquals(
                    DomainState.SHUTOFF,
                    connection.getDomainByName("test").getInfo().state());
        }
        try (Connection connection = open("test:///default?state=paused")) {
            assertEquals(
                    DomainState.PAUSED, connection.getDomainById(1).getInfo().state());
        }
    }

    @Test
    void faultsAreOptions() {
        String uri = "test:///default?fault=domain-get-info:system-error,NODE_GET_INFO:RPC";
        try (Connection connection = open(uri)) {
            assertFails(ErrorCode.SYSTEM_ERROR, connection.getDomainById(1)::getInfo);
            assertFails(ErrorCode.RPC, connection::getNodeInfo);
        }
    }

    @Test
    void anUnknownOptionListsTheKnownOnes() {
        String message = assertFails(ErrorCode.INVALID_ARG, () -> open("test:///default?vcpu=2"))
                .getMessage();
        for (String known : new String[] {"domains", "vcpus", "cpus", "missing-cpus", "clock", "state", "fault"}) {
            assertTrue(message.contains(known + "="), message);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "domains=0",
                "domains=100001",
                "vcpus=4097",
                "cpus=65537",
                "clock=slow",
                "state=crashed",
                "missing-cpus=0-1",
                "missing-cpus=2",
                "missing-cpus=1-0",
                "missing-cpus=x",
                "missing-cpus=",
                "missing-cpus=-1",
                "missing-cpus=0-2000000000",
                "fault=x",
                "fault=domain-get-info:x",
                "fault=x:rpc"
            })
    void aValueThatIsNotAllowedIsInvalid(String option) {
        assertFails(ErrorCode.INVALID_ARG, () -> open("test:///default?" + option));
    }

    @Test
    void anotherPathTellsTheRightOne() {
        String message =
                assertFails(ErrorCode.INVALID_ARG, () -> open("test://default")).getMessage();
        assertTrue(message.contains("did you mean test:///default?"), message);
        assertFails(ErrorCode.INVALID_ARG, () -> open("test:///other"));
    }

    @Test
    void aDriverOfOneHypervisorServesItUnderEveryPathAndRefusesOptions() {
        Drivers drivers = Drivers.none().with(new TestDriver(TestHypervisor.preset(new ManualClock())));
        try (Connection connection = drivers.open("test:///anything")) {
            assertEquals(1, connection.listDomains().size());
        }
        assertFails(ErrorCode.INVALID_ARG, () -> drivers.open("test:///default?vcpus=2"));
    }
}
