package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A libvirtd that hangs or dies in the middle of calls, and what is well again when it goes on or another one comes. */
class LibvirtDaemonFaultsIT {
    /** Far more than any deadline that is asked for here, far less than for ever. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration DEADLINE = Duration.ofMillis(500);
    private static final int THREADS = 6;
    private static final int MOST_ABANDONED = 8;

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static LibvirtGuest guest;

    private boolean isStopped;

    @BeforeAll
    static void startGuest() throws IOException {
        guest = SCENE.start(GuestSpec.of(GuestRom.IDLES));
    }

    @AfterEach
    void resume() {
        if (isStopped) {
            SCENE.daemon().resume();
        }
    }

    private void stopDaemon() throws IOException {
        isStopped = true;
        SCENE.daemon().stop();
    }

    private void resumeDaemon() {
        isStopped = false;
        SCENE.daemon().resume();
    }

    private static Connection open(String options) {
        return Connection.open(SCENE.daemon().uri() + "&" + options);
    }

    /** Opens again where that takes longer than the timeout that is tested: others may keep this host busy. */
    private static Connection connect(String options) throws IOException {
        List<Connection> opened = new ArrayList<>();
        Await.until(
                "a connection is opened in its time",
                LIMIT,
                () -> WaitingCalls.errorOf(() -> opened.add(open(options))).isEmpty());
        return opened.get(0);
    }

    @Test
    void aCallEndsAtItsDeadline() throws IOException {
        try (Connection connection = connect("timeout=500ms")) {
            Domain domain = connection.getDomainByName(guest.name());
            stopDaemon();
            assertTimeoutPreemptively(LIMIT, () -> {
                long start = System.nanoTime();
                assertTimesOut(domain::cpuStats);
                assertTrue(System.nanoTime() - start >= DEADLINE.toNanos(), "it came before the deadline");
            });
        }
    }

    /** An answer that comes too late is written nowhere: neither where it was to go, nor where a later call's goes. */
    @Test
    void aCallThatTimedOutWritesNothingWhenTheDaemonGoesOn() throws IOException {
        try (Connection connection = connect("timeout=500ms")) {
            Domain domain = connection.getDomainByName(guest.name());
            TypedParameters totals = TypedParameters.allocate(3);
            stopDaemon();
            assertTimesOut(() -> domain.getCpuStats(totals, 3, -1, 1, 0));
            assertFalse(totals.isSet(0));
            resumeDaemon();
            Await.until("the connection answers again", LIMIT, () -> answers(domain));
            assertFalse(totals.isSet(0));
            assertFalse(totals.isSet(2));
            assertEquals(3, domain.getCpuStats(totals, 3, -1, 1, 0));
            assertTrue(totals.unsignedLong(0) > 0);
        }
    }

    @Test
    void whoServesSaysOnceThatTheDaemonHangsAndOnceThatItGoesOn(@TempDir Path directory) throws Exception {
        try (VireoServe vireo = VireoServe.start(directory, SCENE.daemon().uri(), "--interval", "0.2")) {
            String before = vireo.said();
            assertTrue(vireo.scrape("text/plain").contains("\nvireo_up 1.0\n"), vireo::said);
            stopDaemon();
            Await.until(
                    () -> "it is said that the daemon hangs: " + vireo.said(),
                    LIMIT,
                    () -> vireo.said().contains("; what is served meanwhile is old"));
            assertTrue(vireo.scrape("text/plain").contains("\nvireo_up 0.0\n"), vireo::said);
            resumeDaemon();
            Await.until(
                    () -> "it is said that the daemon goes on: " + vireo.said(),
                    LIMIT,
                    () -> vireo.said().endsWith("vireo: the hypervisor is read again\n"));
            assertTrue(vireo.scrape("text/plain").contains("\nvireo_up 1.0\n"), vireo::said);
            assertEquals(before.lines().count() + 2, vireo.said().lines().count(), vireo::said);
        }
    }

    private static boolean answers(Domain domain) {
        return WaitingCalls.errorOf(() -> domain.getCpuStats(null, 0, -1, 1, 0)).isEmpty();
    }

    @Test
    void openingEndsAtItsDeadlineAndTheNextOpeningWorks() throws IOException {
        stopDaemon();
        assertTimeoutPreemptively(LIMIT, () -> assertTimesOut(() -> open("timeout=500ms")));
        resumeDaemon();
        try (Connection connection = connect("timeout=20s")) {
            assertEquals(guest.uuid(), connection.getDomainByName(guest.name()).uuid());
        }
    }

    /** libvirt itself tells only the first of several waiting threads that the other side is silent. */
    @Test
    void everyWaitingThreadGetsAnErrorWithinTheKeepaliveTime() throws IOException {
        try (Connection connection = connect("keepalive-interval=1s&keepalive-count=2")) {
            Domain domain = connection.getDomainByName(guest.name());
            WaitingCalls calls = new WaitingCalls();
            stopDaemon();
            for (int i = 0; i < THREADS; i++) {
                calls.start(domain::cpuStats);
            }
            List<HypervisorException> errors = calls.awaitErrors(LIMIT);
            assertEquals(THREADS, errors.size());
            assertFalse(connection.isAlive());
            assertDead(domain);
            resumeDaemon();
            assertOpensAgain();
        }
    }

    @Test
    void withTimeoutAndKeepaliveTheDeadlineComesFirst() throws IOException {
        try (Connection connection = connect("timeout=500ms&keepalive-interval=5s&keepalive-count=3")) {
            Domain domain = connection.getDomainByName(guest.name());
            stopDaemon();
            assertTimeoutPreemptively(LIMIT, () -> assertTimesOut(domain::cpuStats));
        }
    }

    @Test
    void afterTooManyAbandonedCallsTheConnectionIsDead() throws IOException {
        try (Connection connection = connect("timeout=250ms")) {
            Domain domain = connection.getDomainByName(guest.name());
            stopDaemon();
            assertTimeoutPreemptively(LIMIT, () -> {
                for (int i = 0; i < MOST_ABANDONED; i++) {
                    assertTimesOut(domain::cpuStats);
                }
                WaitingCalls.errorOf(domain::cpuStats);
                assertFalse(connection.isAlive());
                assertDead(domain);
            });
            resumeDaemon();
            assertFalse(connection.isAlive());
            assertOpensAgain();
        }
    }

    @Test
    void closingWhileCallsWaitDoesNotBlock() throws IOException {
        Connection connection = connect("timeout=500ms");
        Domain domain = connection.getDomainByName(guest.name());
        WaitingCalls calls = new WaitingCalls();
        stopDaemon();
        for (int i = 0; i < THREADS; i++) {
            calls.start(domain::cpuStats);
        }
        assertTimeoutPreemptively(LIMIT, connection::close);
        assertEquals(THREADS, calls.awaitErrors(LIMIT).size());
        HypervisorException closed = assertThrows(HypervisorException.class, domain::cpuStats);
        assertEquals(ErrorCode.INVALID_CONN, closed.code(), closed::getMessage);
    }

    @Test
    void aDaemonThatIsKilledEndsEveryCallAtOnceAndANewOneIsFound() throws IOException {
        try (Connection connection = SCENE.connect()) {
            Domain domain = connection.getDomainByName(guest.name());
            WaitingCalls calls = new WaitingCalls();
            for (int i = 0; i < THREADS; i++) {
                calls.start(domain::cpuStats);
            }
            SCENE.daemon().kill();
            assertEquals(THREADS, calls.awaitErrors(LIMIT).size());
            assertFalse(connection.isAlive());
            assertDead(domain);
            assertThrows(HypervisorException.class, SCENE::connect);
            SCENE.daemon().startAgain();
            assertFalse(connection.isAlive());
            assertOpensAgain();
        }
    }

    /** It is noticed without a call, by the thread that waits for events. */
    @Test
    void aDaemonThatIsKilledWhileNobodyCallsIsNoticed() throws IOException {
        try (Connection connection = SCENE.connect()) {
            assertTrue(connection.isAlive());
            SCENE.daemon().kill();
            Await.until("the connection is dead", LIMIT, () -> !connection.isAlive());
            SCENE.daemon().startAgain();
            assertOpensAgain();
        }
    }

    /** The guest has outlived the daemon, and is the same one for the next. */
    private static void assertOpensAgain() {
        try (Connection connection = SCENE.connect()) {
            assertTrue(connection.isAlive());
            Domain domain = connection.getDomainByName(guest.name());
            assertEquals(guest.uuid(), domain.uuid());
            assertTrue(domain.cpuStats().total().cpuTimeNanos().value() > 0);
        }
    }

    private static void assertTimesOut(Runnable call) {
        HypervisorException error = assertThrows(HypervisorException.class, call::run);
        assertEquals(ErrorCode.OPERATION_TIMEOUT, error.code(), error::getMessage);
    }

    private static void assertDead(Domain domain) {
        assertTimeoutPreemptively(LIMIT, () -> {
            assertThrows(HypervisorException.class, domain::cpuStats);
            assertThrows(HypervisorException.class, domain::getInfo);
        });
    }
}
