package dev.vireo.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vireo.Connection;
import dev.vireo.ConnectionUri;
import dev.vireo.DomainRef;
import dev.vireo.Drivers;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import dev.vireo.Operation;
import dev.vireo.spi.DriverSession;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSourceTest {
    private final Failing driver = new Failing();
    private final LiveSource source = new LiveSource(open(), this::open, sampler -> sampler);

    private Connection open() {
        return Drivers.none().with(driver).open("failing:///");
    }

    @AfterEach
    void close() {
        source.close();
    }

    private HypervisorException failure(ErrorCode code, boolean isAlive) {
        Session session = driver.sessions.get(driver.sessions.size() - 1);
        session.failure = code;
        session.isAlive = isAlive;
        return assertThrows(HypervisorException.class, source::next);
    }

    @Test
    void aConnectionThatIsLostIsOpenedAgain() throws InterruptedException {
        source.next();
        assertEquals(ErrorCode.RPC, failure(ErrorCode.RPC, true).code());
        assertEquals(1, driver.sessions.size());
        assertEquals(1, driver.closed);
        source.next();
        assertEquals(2, driver.sessions.size());
    }

    @Test
    void soIsOneThatSaysItIsDeadWhateverTheErrorIsCalled() throws InterruptedException {
        assertEquals(
                ErrorCode.INTERNAL_ERROR,
                failure(ErrorCode.INTERNAL_ERROR, false).code());
        source.next();
        assertEquals(2, driver.sessions.size());
    }

    @Test
    void aConnectionThatLivesIsKept() {
        failure(ErrorCode.INTERNAL_ERROR, true);
        failure(ErrorCode.OPERATION_FAILED, true);
        assertEquals(1, driver.sessions.size());
        assertEquals(0, driver.closed);
    }

    @Test
    void closingItClosesTheConnection() throws InterruptedException {
        source.next();
        source.close();
        assertEquals(1, driver.closed);
    }

    /** A hypervisor without domains whose connections fail as the test says. */
    private static final class Failing implements HypervisorDriver {
        private final List<Session> sessions = new ArrayList<>();
        private int closed;

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public Set<String> uriSchemes() {
            return Set.of("failing");
        }

        @Override
        public int level() {
            return LEVEL;
        }

        @Override
        public Set<Operation> operations() {
            return Set.of();
        }

        @Override
        public Optional<ConnectionUri> probe() {
            return Optional.empty();
        }

        @Override
        public OpenResult open(ConnectionUri uri, OpenOptions options) {
            Session session = new Session(this);
            sessions.add(session);
            return OpenResult.opened(session);
        }
    }

    private static final class Session implements DriverSession {
        private final Failing driver;
        private volatile @Nullable ErrorCode failure;
        private volatile boolean isAlive = true;

        Session(Failing driver) {
            this.driver = driver;
        }

        @Override
        public DriverTable table() {
            return DriverTable.builder().build();
        }

        @Override
        public List<DomainRef> listDomains() {
            ErrorCode code = failure;
            if (code != null) {
                throw HypervisorException.of(code, "failing", "as the test says");
            }
            return List.of();
        }

        @Override
        public List<DomainRef> findByName(String name) {
            return List.of();
        }

        @Override
        public @Nullable DomainRef findById(int id) {
            return null;
        }

        @Override
        public @Nullable DomainRef findByUuid(UUID uuid) {
            return null;
        }

        @Override
        public boolean isAlive() {
            return isAlive;
        }

        @Override
        public void close() {
            driver.closed++;
        }
    }
}
