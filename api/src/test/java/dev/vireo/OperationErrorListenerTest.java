package dev.vireo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Slot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who counts errors is told of each what was asked. */
class OperationErrorListenerTest {
    private final List<String> heard = new ArrayList<>();
    private final OpenOptions options = OpenOptions.defaults()
            .operationErrorListener((operation, error) -> heard.add(operation + " " + error.code()));

    private static Object fail(ErrorCode code) {
        throw HypervisorException.of(code, "fake", "as the test says");
    }

    @Test
    void anOperationIsCalledByItsName() {
        FakeDriver driver = FakeDriver.with(DriverTable.builder()
                .with(Slot.CONNECT_GET_HOSTNAME, () -> (String) fail(ErrorCode.RPC))
                .with(Slot.NODE_GET_INFO, () -> {
                    throw new IllegalStateException("a defect");
                }));
        try (Connection connection = driver.connect(options)) {
            assertThrows(HypervisorException.class, connection::getHostname);
            assertThrows(HypervisorException.class, connection::getNodeInfo);
            assertThrows(HypervisorException.class, connection::getVersion);
        }
        assertEquals(
                List.of("CONNECT_GET_HOSTNAME RPC", "NODE_GET_INFO INTERNAL_ERROR", "CONNECT_GET_VERSION NO_SUPPORT"),
                heard);
    }

    @Test
    void whatIsNoOperationIsCalledByItsMethod() {
        Connection connection = FakeDriver.with(DriverTable.builder()).connect(options);
        assertThrows(HypervisorException.class, () -> connection.getDomainById(7));
        connection.close();
        assertThrows(HypervisorException.class, connection::listDomains);
        assertThrows(HypervisorException.class, () -> Drivers.none().open("fake:///system", options));
        assertEquals(List.of("getDomain NO_DOMAIN", "listDomains INVALID_CONN", "open NO_CONNECT"), heard);
    }
}
