package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.DomainEvent;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guests that start, pause, go on and end, told by libvirt's events and by what calls answer. */
class LibvirtLifeCycleIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    @Test
    void suspendResumeAndDestroyDoWhatTheySay() throws IOException {
        LibvirtGuest guest = SCENE.start(GuestSpec.of(GuestRom.IDLES));
        try (Connection connection = SCENE.connectToWrite()) {
            Domain domain = connection.getDomainByName(guest.name());
            domain.suspend();
            assertEquals(DomainState.PAUSED, domain.getInfo().state());
            assertEquals("paused", stateByVirsh(guest));
            domain.resume();
            assertEquals(DomainState.RUNNING, domain.getInfo().state());
            assertEquals("running", stateByVirsh(guest));
            domain.destroy();
            assertEquals(Optional.empty(), connection.findDomainByName(guest.name()));
            assertNoDomain(domain);
        }
    }

    @Test
    void aReadOnlyConnectionChangesNothing() throws IOException {
        LibvirtGuest guest = SCENE.start(GuestSpec.of(GuestRom.IDLES));
        try (Connection connection = SCENE.connect()) {
            Domain domain = connection.getDomainByName(guest.name());
            for (Consumer<Domain> change :
                    List.<Consumer<Domain>>of(Domain::suspend, Domain::resume, Domain::destroy)) {
                HypervisorException denied = assertThrows(HypervisorException.class, () -> change.accept(domain));
                assertEquals(ErrorCode.OPERATION_DENIED, denied.code(), denied::getMessage);
            }
            assertEquals("running", stateByVirsh(guest));
        }
        guest.destroy();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventsComeInTheirOrderAlsoOnAReadOnlyConnection(boolean readOnly) throws IOException {
        LibvirtGuest guest = SCENE.define(GuestSpec.of(GuestRom.IDLES));
        try (Connection connection = readOnly ? SCENE.connect() : SCENE.connectToWrite();
                EventLog events = EventLog.of(connection, guest.name())) {
            guest.start();
            events.await(DomainEvent.Type.STARTED);
            guest.suspend();
            events.await(DomainEvent.Type.SUSPENDED);
            SCENE.daemon().virsh("resume", guest.name()).requireSuccess();
            events.await(DomainEvent.Type.RESUMED);
            guest.destroy();
            events.await(DomainEvent.Type.STOPPED);
            guest.undefine();
            events.await(DomainEvent.Type.UNDEFINED);
            events.assertInOrder(
                    DomainEvent.Type.STARTED,
                    DomainEvent.Type.SUSPENDED,
                    DomainEvent.Type.RESUMED,
                    DomainEvent.Type.STOPPED,
                    DomainEvent.Type.UNDEFINED);
        }
    }

    @Test
    void eachConnectionHasItsEventsAndNoneAfterTheSubscriptionEnded() throws IOException {
        LibvirtGuest guest = SCENE.start(GuestSpec.of(GuestRom.IDLES));
        try (Connection one = SCENE.connect();
                Connection two = SCENE.connect();
                EventLog stays = EventLog.of(two, guest.name())) {
            EventLog ended = EventLog.of(one, guest.name());
            ended.close();
            guest.suspend();
            stays.await(DomainEvent.Type.SUSPENDED);
            assertEquals(List.of(), ended.types());
        }
        guest.destroy();
    }

    /** Listening is not needed for it: the driver follows the guests by itself. */
    @Test
    void aDomainIsOneRunAndStaysEndedWhenItsGuestRunsAgain() throws IOException {
        LibvirtGuest guest = SCENE.define(GuestSpec.of(GuestRom.IDLES));
        guest.start();
        try (Connection connection = SCENE.connect()) {
            Domain first = connection.getDomainByName(guest.name());
            assertTrue(first.cpuStats().total().cpuTimeNanos().value() > 0);
            guest.destroy();
            guest.start();
            awaitNoDomain(first);
            Domain second = connection.getDomainByName(guest.name());
            assertNotEquals(first, second);
            assertNotEquals(first.id(), second.id());
            assertEquals(first.uuid(), second.uuid());
            assertTrue(second.cpuStats().total().cpuTimeNanos().value() > 0);
            assertNoDomain(first);
        }
        guest.destroy();
        guest.undefine();
    }

    @Test
    void aGuestThatIsKilledBehindLibvirtsBackIsNoDomain() throws IOException {
        LibvirtGuest guest = SCENE.start(GuestSpec.of(GuestRom.IDLES));
        try (Connection connection = SCENE.connect();
                EventLog events = EventLog.of(connection, guest.name())) {
            Domain domain = connection.getDomainByName(guest.name());
            ProcessHandle.of(guest.qemuPid()).orElseThrow().destroyForcibly();
            events.await(DomainEvent.Type.STOPPED);
            awaitNoDomain(domain);
        }
    }

    @Test
    void closingAConnectionEndsItsSubscriptions() throws IOException {
        LibvirtGuest guest = SCENE.start(GuestSpec.of(GuestRom.IDLES));
        Connection connection = SCENE.connect();
        EventLog ended = EventLog.of(connection, guest.name());
        connection.close();
        try (Connection other = SCENE.connect();
                EventLog stays = EventLog.of(other, guest.name())) {
            guest.suspend();
            stays.await(DomainEvent.Type.SUSPENDED);
        }
        assertEquals(List.of(), ended.types());
        ended.close();
        guest.destroy();
    }

    private static void awaitNoDomain(Domain domain) throws IOException {
        Await.until("the run has ended: " + domain, LIMIT, () -> {
            try {
                domain.getCpuStats(null, 0, -1, 1, 0);
                return false;
            } catch (HypervisorException error) {
                return error.code() == ErrorCode.NO_DOMAIN;
            }
        });
    }

    private static void assertNoDomain(Domain domain) {
        List<Runnable> calls = List.of(domain::cpuStats, domain::getInfo, domain::suspend);
        // a read-only connection refuses to suspend before it asks whether there is anything to suspend
        for (Runnable call : domain.connection().isReadOnly() ? calls.subList(0, 2) : calls) {
            HypervisorException ended = assertThrows(HypervisorException.class, call::run);
            assertEquals(ErrorCode.NO_DOMAIN, ended.code(), ended::getMessage);
        }
    }

    private static String stateByVirsh(LibvirtGuest guest) {
        return guest.daemon()
                .virsh("domstate", guest.name())
                .requireSuccess()
                .out()
                .strip();
    }
}
