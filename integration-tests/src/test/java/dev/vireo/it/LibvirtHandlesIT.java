package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is taken of libvirt is given back, once, and not used after. */
class LibvirtHandlesIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int THREADS = 16;
    private static final int CALLS = 200;
    /** One whose own memory hardly grows: all of the heap is taken at once, and code is compiled once. */
    private static final String[] STEADY_JVM = {
        "-Xms24m", "-Xmx24m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1"
    };
    /** What it grows by all the same is half of this; a leak of 1 KiB a round is more, a domain that is kept is as much. */
    private static final long MOST_GROWTH_KIB = 3 * 1024;

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static LibvirtGuest guest;

    @BeforeAll
    static void startGuest() throws IOException {
        guest = SCENE.start(GuestSpec.of(GuestRom.IDLES));
    }

    /** Inside of libvirt's library, where a round is quick. */
    @Test
    void openingAndClosingAgainAndAgainHoldsNothing() throws IOException {
        assertHoldsNothing("libvirt:test:///default", "test", 5_000, LIMIT);
    }

    /** With a daemon and a socket, where a round takes some of the daemon's time, too. */
    @Test
    void openingAndClosingADaemonsConnectionsHoldsNothing() throws IOException {
        assertHoldsNothing(SCENE.daemon().uri(), guest.name(), 500, LIMIT);
    }

    @Test
    @Tag("soak")
    void openingAndClosingForMinutesHoldsNothing() throws IOException {
        assertHoldsNothing(SCENE.daemon().uri(), guest.name(), 100_000, Duration.ofMinutes(60));
    }

    /** Nothing on standard error either: left alone, libvirt prints each error there. */
    private static void assertHoldsNothing(String uri, String name, int rounds, Duration limit) throws IOException {
        CommandRun run = JavaProgram.withTests()
                .withOptions(STEADY_JVM)
                .run(limit, HandleRounds.class, uri, name, Integer.toString(rounds));
        assertEquals("", run.requireSuccess().err());
        List<String[]> held = run.out().lines().map(line -> line.split(" ", -1)).toList();
        // one that was still closing when they were first counted may be gone
        assertTrue(Integer.parseInt(held.get(1)[0]) <= Integer.parseInt(held.get(0)[0]), () -> "descriptors: " + run);
        long growth = Long.parseLong(held.get(1)[1]) - Long.parseLong(held.get(0)[1]);
        assertTrue(growth < MOST_GROWTH_KIB, () -> "it grew by " + growth + " KiB: " + run);
    }

    @Test
    void manyThreadsReadOverOneConnectionEachWithItsOwnAnswers() throws Exception {
        try (Connection connection = SCENE.connect()) {
            Domain domain = connection.getDomainByName(guest.name());
            CountDownLatch start = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<?>> ends = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    boolean fails = i % 2 == 1;
                    ends.add(threads.submit(() -> {
                        start.await();
                        for (int call = 0; call < CALLS; call++) {
                            if (fails) {
                                assertFails(domain);
                            } else {
                                assertReads(domain);
                            }
                        }
                        return null;
                    }));
                }
                start.countDown();
                await(ends);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static void assertReads(Domain domain) {
        TypedParameters totals = TypedParameters.allocate(3);
        assertEquals(3, domain.getCpuStats(totals, 3, -1, 1, 0));
        assertEquals("system_time", totals.name(2));
        assertTrue(totals.unsignedLong(0) > 0);
    }

    /** An error is the thread's own: it is neither another's, nor lost to another. */
    private static void assertFails(Domain domain) {
        TypedParameters params = TypedParameters.allocate(1);
        HypervisorException refused =
                assertThrows(HypervisorException.class, () -> domain.getCpuStats(params, 1, HostCpus.ids(), 1, 0));
        assertEquals(ErrorCode.INVALID_ARG, refused.code(), refused::getMessage);
        assertTrue(refused.getMessage().contains("start_cpu"), refused::getMessage);
    }

    private static void await(List<Future<?>> ends) throws InterruptedException, TimeoutException {
        for (Future<?> end : ends) {
            try {
                end.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException failed) {
                throw new AssertionError(failed.getCause());
            }
        }
    }

    @Test
    void afterClosingEveryCallIsRefusedAndClosingAgainDoesNothing() {
        Connection connection = SCENE.connect();
        Domain domain = connection.getDomainByName(guest.name());
        connection.close();
        connection.close();
        for (Runnable call : List.<Runnable>of(
                domain::cpuStats, domain::getInfo, connection::listDomains, connection::getHostname)) {
            HypervisorException closed = assertThrows(HypervisorException.class, call::run);
            assertEquals(ErrorCode.INVALID_CONN, closed.code(), closed::getMessage);
        }
    }

    @Test
    void closingUnderCallsThatRunEndsThemWithNoOtherError() throws IOException {
        for (int i = 0; i < 20; i++) {
            Connection connection = SCENE.connect();
            Domain domain = connection.getDomainByName(guest.name());
            WaitingCalls calls = new WaitingCalls();
            for (int thread = 0; thread < 4; thread++) {
                calls.start(() -> domain.getCpuStats(null, 0, 0, 0, 0));
            }
            connection.close();
            for (HypervisorException error : calls.awaitErrors(LIMIT)) {
                assertEquals(ErrorCode.INVALID_CONN, error.code(), error::getMessage);
            }
        }
    }

    @Test
    void manyDomainsAreHeldAndGivenBack() {
        try (Connection connection = SCENE.connect()) {
            List<Domain> held = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                held.add(connection.getDomainByName(guest.name()));
            }
            assertEquals(3, held.get(0).getCpuStats(null, 0, -1, 1, 0));
            assertEquals(3, held.get(1_999).getCpuStats(null, 0, -1, 1, 0));
        }
    }
}
