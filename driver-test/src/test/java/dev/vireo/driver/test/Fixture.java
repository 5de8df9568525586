package dev.vireo.driver.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.Drivers;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import org.junit.jupiter.api.function.Executable;

/** A hypervisor on a clock that the test moves, and a connection to it that may write. */
final class Fixture implements AutoCloseable {
    final ManualClock clock = new ManualClock();
    final TestHypervisor hypervisor;
    final Connection connection;

    Fixture(HypervisorConfiguration configuration) {
        hypervisor = new TestHypervisor(configuration, clock);
        connection = Drivers.none()
                .with(new TestDriver(hypervisor))
                .open("test:///default", OpenOptions.defaults().readWrite());
    }

    static Fixture preset() {
        return new Fixture(HypervisorConfiguration.preset());
    }

    static Fixture withGaps() {
        return new Fixture(HypervisorConfiguration.builder()
                .cpus(5)
                .missingCpus(1, 3)
                .domain(DomainConfiguration.preset())
                .build());
    }

    static Connection open(String uri) {
        return Drivers.none().with(new TestDriver()).open(uri);
    }

    Domain domain() {
        return connection.getDomainByName("test");
    }

    static HypervisorException assertFails(ErrorCode code, Executable call) {
        HypervisorException error = assertThrows(HypervisorException.class, call);
        assertEquals(code, error.code(), error::getMessage);
        return error;
    }

    @Override
    public void close() {
        connection.close();
    }
}
