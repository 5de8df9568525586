package dev.vireo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.spi.DomainEventSink;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DomainEventsTest {
    private final AtomicReference<DomainEventSink> sink = new AtomicReference<>();
    private final AtomicInteger unregistered = new AtomicInteger();
    private final BlockingQueue<HypervisorException> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<DomainEvent> received = new LinkedBlockingQueue<>();
    private final FakeDriver driver =
            FakeDriver.with(DriverTable.builder().with(Slot.CONNECT_DOMAIN_EVENT_REGISTER, newSink -> {
                sink.set(newSink);
                return unregistered::incrementAndGet;
            }));
    private final Connection connection = driver.connect(OpenOptions.defaults().errorListener(heard::add));

    @AfterEach
    void close() {
        connection.close();
    }

    private void fire(DomainEvent.Type type) {
        sink.get().event(driver.domains.get(0), type);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T element = queue.poll(60, TimeUnit.SECONDS);
        assertTrue(element != null, "nothing came");
        return element;
    }

    @Test
    void eventsArriveInOrderOnOneThreadWithTheirDomain() throws Exception {
        List<Thread> threads = new ArrayList<>();
        connection.onDomainEvent(event -> {
            threads.add(Thread.currentThread());
            received.add(event);
        });
        fire(DomainEvent.Type.STARTED);
        fire(DomainEvent.Type.SUSPENDED);
        assertEquals(DomainEvent.Type.STARTED, next(received).type());
        DomainEvent second = next(received);
        assertEquals(DomainEvent.Type.SUSPENDED, second.type());
        assertEquals(connection.getDomainByName("one"), second.domain());
        assertSame(threads.get(0), threads.get(1));
    }

    @Test
    void theDriverRegistersOnceForAllListenersAndEndsWithTheLast() throws Exception {
        Subscription first = connection.onDomainEvent(received::add);
        DomainEventSink registered = sink.get();
        Subscription second = connection.onDomainEvent(received::add);
        assertSame(registered, sink.get());
        fire(DomainEvent.Type.STARTED);
        next(received);
        next(received);
        first.close();
        assertEquals(0, unregistered.get());
        second.close();
        second.close();
        assertEquals(1, unregistered.get());
    }

    @Test
    void aListenerThatThrowsIsReportedAndStays() throws Exception {
        connection.onDomainEvent(event -> {
            received.add(event);
            throw new IllegalStateException("listener");
        });
        fire(DomainEvent.Type.STARTED);
        fire(DomainEvent.Type.STOPPED);
        assertEquals(ErrorCode.OPERATION_FAILED, next(heard).code());
        next(heard);
        assertEquals(2, received.size());
    }

    @Test
    void anErrorOfAListenerDoesNotEndTheEvents() throws Exception {
        connection.onDomainEvent(event -> {
            throw new AssertionError("listener");
        });
        connection.onDomainEvent(received::add);
        fire(DomainEvent.Type.STARTED);
        fire(DomainEvent.Type.STOPPED);
        assertEquals(DomainEvent.Type.STARTED, next(received).type());
        assertEquals(DomainEvent.Type.STOPPED, next(received).type());
        assertEquals(ErrorCode.OPERATION_FAILED, next(heard).code());
    }

    @Test
    void aListenerGetsNothingThatHappenedBeforeItSubscribed() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        connection.onDomainEvent(event -> awaitQuietly(release));
        fire(DomainEvent.Type.STARTED);
        fire(DomainEvent.Type.SUSPENDED);
        connection.onDomainEvent(received::add);
        fire(DomainEvent.Type.STOPPED);
        release.countDown();
        assertEquals(DomainEvent.Type.STOPPED, next(received).type());
        assertTrue(received.isEmpty());
    }

    @Test
    void afterClosingNoCallBeginsAndNoneIsUnderWay() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        Subscription subscription = connection.onDomainEvent(event -> {
            running.incrementAndGet();
            inside.countDown();
            awaitQuietly(release);
            running.decrementAndGet();
            received.add(event);
        });
        fire(DomainEvent.Type.STARTED);
        fire(DomainEvent.Type.STOPPED);
        assertTrue(inside.await(60, TimeUnit.SECONDS));
        Thread closer = new Thread(subscription::close);
        closer.start();
        release.countDown();
        closer.join(60_000);
        int callsAtClose = received.size();
        assertEquals(0, running.get());
        fire(DomainEvent.Type.STARTED);
        BlockingQueue<DomainEvent> later = new LinkedBlockingQueue<>();
        connection.onDomainEvent(later::add);
        fire(DomainEvent.Type.RESUMED);
        next(later);
        assertEquals(callsAtClose, received.size());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void aListenerMayCloseItsOwnSubscription() throws Exception {
        AtomicReference<Subscription> own = new AtomicReference<>();
        own.set(connection.onDomainEvent(event -> {
            own.get().close();
            received.add(event);
        }));
        fire(DomainEvent.Type.STARTED);
        next(received);
        assertEquals(1, unregistered.get());
    }

    @Test
    void closingTheConnectionEndsTheRegistrationBeforeTheSession() {
        connection.onDomainEvent(received::add);
        connection.close();
        assertEquals(1, unregistered.get());
        assertEquals(1, driver.closed.get());
    }

    @Test
    void aFullQueueLosesEventsAndSaysSoOnceInTheirPlace() {
        EventQueue queue = new EventQueue();
        DomainEvent event = new DomainEvent(DomainEvent.Type.STARTED, null);
        for (int i = 0; i < EventQueue.CAPACITY + 10; i++) {
            queue.add(event);
        }
        for (int i = 0; i < EventQueue.CAPACITY; i++) {
            assertSame(event, queue.take());
        }
        assertEquals(DomainEvent.Type.EVENTS_LOST, queue.take().type());
        queue.add(event);
        assertSame(event, queue.take());
        queue.end();
        assertNull(queue.take());
    }

    @Test
    void nothingComesBetweenTheLastEventBeforeALossAndTheWordOfIt() {
        EventQueue queue = new EventQueue();
        DomainEvent before = new DomainEvent(DomainEvent.Type.STARTED, null);
        for (int i = 0; i < EventQueue.CAPACITY + 1; i++) {
            queue.add(before);
        }
        queue.take();
        queue.add(
                new DomainEvent(DomainEvent.Type.STOPPED, null)); // there is room again, but others are lost before it
        for (int i = 1; i < EventQueue.CAPACITY; i++) {
            assertSame(before, queue.take());
        }
        assertEquals(DomainEvent.Type.EVENTS_LOST, queue.take().type());
    }

    @Test
    void theEventThatSaysSoHasNoDomain() {
        assertThrows(IllegalStateException.class, () -> new DomainEvent(DomainEvent.Type.EVENTS_LOST, null).domain());
    }
}
