package dev.vireo.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Drivers;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.Subscription;
import dev.vireo.driver.test.DomainConfiguration;
import dev.vireo.driver.test.ManualClock;
import dev.vireo.driver.test.TestHypervisor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list of domains where no bulk read tells it: events keep it, and a rescan is the safety net. */
class DomainListTest {
    private final ManualClock clock = new ManualClock();
    private final TestHypervisor hypervisor =
            new TestHypervisor(Scene.host("a", "b").build(), clock);
    private final CountedDriver driver = new CountedDriver(hypervisor);
    private final Connection connection = Drivers.none().with(driver).open("test:///default");
    private final PatientWaiting waiting = new PatientWaiting(clock);
    private final Sampler sampler =
            Sampler.over(connection).clock(clock).waiting(waiting).build();

    @AfterEach
    void close() {
        sampler.close();
        connection.close();
    }

    @Test
    void domainsAreNotListedForEachSample() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertEquals(2, sampler.sample().size());
        }
        assertEquals(1, driver.lists.get());
    }

    @Test
    void anEventBringsADomainBeforeTheRescan() throws Exception {
        sampler.sample();
        hypervisor.add(DomainConfiguration.named("c"));
        assertEquals(3, sizeWhenItIs(3));
    }

    @Test
    void anEventThatIsLostIsMadeUpForByTheRescan() throws Exception {
        driver.losesEvents = true;
        sampler.sample();
        hypervisor.add(DomainConfiguration.named("c"));
        clock.advance(Duration.ofMillis(9_999));
        assertEquals(2, sampler.sample().size());
        clock.advance(Duration.ofMillis(1));
        assertEquals(3, sampler.sample().size());
    }

    @Test
    void aDomainThatTurnsOutToHaveEndedIsLeftOutAtOnceAndTheListMadeAgain() throws Exception {
        driver.losesEvents = true;
        sampler.sample();
        hypervisor.domain("a").end();
        assertEquals(1, sampler.sample().size());
        assertEquals(1, sampler.sample().size());
        assertEquals(2, driver.lists.get());
    }

    @Test
    void aPauseIsNoReasonToListAgain() throws Exception {
        sampler.sample();
        CountDownLatch told = new CountDownLatch(2);
        // listeners are told one after the other: when this one is, the sampler has been
        try (Subscription later = connection.onDomainEvent(event -> told.countDown())) {
            hypervisor.domain("a").pause();
            hypervisor.domain("a").resume();
            assertTrue(told.await(10, TimeUnit.SECONDS), later::toString);
        }
        sampler.sample();
        assertEquals(1, driver.lists.get());
    }

    @Test
    void whereThereAreNoEventsDomainsAreListedForEachSample() throws Exception {
        try (Scene scene = new Scene(
                Scene.host("a")
                        .without(Operation.CONNECT_GET_ALL_DOMAIN_STATS, Operation.CONNECT_DOMAIN_EVENT_REGISTER)
                        .build(),
                builder -> builder)) {
            scene.sample();
            scene.hypervisor.add(DomainConfiguration.named("c"));
            assertEquals(2, scene.sample().size());
        }
    }

    @Test
    void closingEndsTheSubscriptionAndLeavesTheConnectionOpen() throws Exception {
        sampler.sample();
        sampler.close();
        assertEquals(0, driver.listeners.get());
        assertTrue(connection.isAlive());
        assertEquals(2, connection.listDomains().size());
    }

    @Test
    @Timeout(20)
    void closingWaitsForNoRegistrationThatHangsWhichIsGivenBackWhenItComes() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        hypervisor.faults().before(Operation.CONNECT_DOMAIN_EVENT_REGISTER, 1, () -> {
            hangs.countDown();
            HungDomainsTest.awaitUninterruptibly(end);
        });
        waiting.hungCalls(() -> 1 - (int) hangs.getCount());
        assertThrows(HypervisorException.class, sampler::sample);
        assertTimeoutPreemptively(Duration.ofSeconds(10), sampler::close);
        assertEquals(0, driver.listeners.get());
        end.countDown();
        while (driver.registered.get() == 0 || driver.listeners.get() > 0) {
            Thread.onSpinWait();
        }
    }

    /** Takes samples until an event, which comes on a thread of its own, has had its effect. */
    private int sizeWhenItIs(int expected) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        int size = sampler.sample().size();
        while (size != expected && System.nanoTime() < end) {
            size = sampler.sample().size();
        }
        return size;
    }
}
