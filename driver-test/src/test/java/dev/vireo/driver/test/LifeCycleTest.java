package dev.vireo.driver.test;

import static dev.vireo.driver.test.Fixture.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Domain;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.Subscription;
import dev.vireo.VcpuTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LifeCycleTest {
    private static final DomainConfiguration WEB = DomainConfiguration.named("web");

    private final Fixture fixture = Fixture.preset();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void thePresetIsLibvirtsDomain() {
        Domain domain = fixture.connection.getDomainById(1);
        assertEquals("test", domain.name());
        assertEquals(UUID.fromString("6695eb01-f6a4-8304-79aa-97f2502e193f"), domain.uuid());
        assertEquals(List.of(domain), fixture.connection.listDomains());
        assertEquals(domain, fixture.connection.getDomainByUuid(domain.uuid()));
    }

    @Test
    void aDomainThatAppearsHasANewIdAndBeginsAtZero() {
        fixture.clock.advanceNanos(1000);
        fixture.hypervisor.add(WEB);
        Domain web = fixture.connection.getDomainByName("web");
        assertEquals(2, web.id());
        assertEquals(0, web.getInfo().cpuTimeNanos().value());
        fixture.clock.advanceNanos(7);
        assertEquals(14, web.getInfo().cpuTimeNanos().value());
    }

    @Test
    void anotherRunOfTheSameUuidIsAnotherDomain() {
        TestDomain first = fixture.hypervisor.add(WEB);
        Domain before = fixture.connection.getDomainByName("web");
        first.end();
        assertTrue(fixture.connection.findDomainByName("web").isEmpty());
        fixture.hypervisor.add(WEB);
        Domain after = fixture.connection.getDomainByUuid(before.uuid());
        assertEquals(before.id() + 1, after.id());
        assertFails(ErrorCode.NO_DOMAIN, before::getInfo);
        assertEquals(DomainState.RUNNING, after.getInfo().state());
    }

    @Test
    void aPersistentDomainStaysShutOffAndStartsAgainWithANewId() {
        fixture.domain().destroy();
        Domain shutOff = fixture.domain();
        assertEquals(-1, shutOff.id());
        assertTrue(fixture.connection.listDomains().isEmpty());
        assertEquals(DomainState.SHUTOFF, shutOff.getInfo().state());
        assertFalse(shutOff.getInfo().cpuTimeNanos().isAvailable());
        fixture.hypervisor.domain("test").start();
        assertEquals(2, fixture.domain().id());
        assertFails(ErrorCode.NO_DOMAIN, shutOff::getInfo);
    }

    @Test
    void aDomainThatIsShutOffCannotBePausedResumedOrDestroyed() {
        fixture.domain().destroy();
        Domain shutOff = fixture.domain();
        assertFails(ErrorCode.OPERATION_INVALID, shutOff::suspend);
        assertFails(ErrorCode.OPERATION_INVALID, shutOff::resume);
        assertFails(ErrorCode.OPERATION_INVALID, shutOff::destroy);
    }

    @Test
    void aRunningDomainCannotBeStarted() {
        assertFails(ErrorCode.OPERATION_INVALID, fixture.hypervisor.domain("test")::start);
    }

    @Test
    void anEndedRunAnswersNoDomainToEverything() {
        Domain gone = fixture.domain();
        gone.destroy();
        assertFails(ErrorCode.NO_DOMAIN, gone::suspend);
        assertFails(ErrorCode.NO_DOMAIN, gone::resume);
        assertFails(ErrorCode.NO_DOMAIN, gone::destroy);
        assertFails(ErrorCode.NO_DOMAIN, gone::getInfo);
        assertFails(ErrorCode.NO_DOMAIN, () -> gone.getVcpus(VcpuTimes.allocate(2)));
    }

    @Test
    void twoDomainsOfOneUuidAreMultipleDomains() {
        fixture.hypervisor.add(WEB);
        fixture.hypervisor.add(WEB);
        String message = assertFails(ErrorCode.MULTIPLE_DOMAINS, () -> fixture.connection.findDomainByUuid(WEB.uuid()))
                .getMessage();
        assertTrue(message.contains("id 2") && message.contains("id 3"), message);
        assertFails(ErrorCode.MULTIPLE_DOMAINS, () -> fixture.connection.findDomainByName("web"));
    }

    @Test
    void pausingTwiceDoesNothingTheSecondTime() {
        List<String> events = record();
        fixture.domain().suspend();
        fixture.domain().suspend();
        assertEquals(List.of("SUSPENDED test 1"), events);
        assertEquals(DomainState.PAUSED, fixture.domain().getInfo().state());
    }

    @Test
    void eventsComeInTheOrderOfTheLifeCycle() {
        List<String> events = record();
        fixture.domain().suspend();
        fixture.domain().resume();
        fixture.domain().destroy();
        fixture.hypervisor.domain("test").start();
        fixture.hypervisor.add(WEB.withState(DomainState.PAUSED));
        assertEquals(
                List.of(
                        "SUSPENDED test 1",
                        "RESUMED test 1",
                        "STOPPED test 1",
                        "STARTED test 2",
                        "STARTED web 3",
                        "SUSPENDED web 3"),
                events);
    }

    @Test
    @Timeout(60)
    void aListenerOfAConnectionGetsTheEventsInTheirOrder() throws InterruptedException {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        Subscription subscription = fixture.connection.onDomainEvent(event -> events.add(event.toString()));
        Domain domain = fixture.domain();
        domain.suspend();
        domain.destroy();
        assertEquals("SUSPENDED " + domain, events.take());
        assertEquals("STOPPED " + domain, events.take());
        subscription.close();
        assertEquals(0, fixture.hypervisor.sinkCount());
    }

    @Test
    void timesNeverGoBackWhileADomainIsPausedAndResumed() {
        AtomicLong clock = new AtomicLong();
        TestDomain domain = TestHypervisor.preset(clock::incrementAndGet).domain("test");
        CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 20_000; i++) {
                domain.pause();
                domain.resume();
            }
        });
        long last = 0;
        while (!changes.isDone()) {
            long now = domain.ranNanos();
            assertTrue(now >= last, () -> now + " after more");
            last = now;
        }
        changes.join();
    }

    @Test
    void aClosedRegistrationGetsNoMoreEvents() {
        List<String> events = new ArrayList<>();
        fixture.hypervisor.register((domain, type) -> events.add(type.name())).close();
        fixture.domain().suspend();
        assertEquals(List.of(), events);
    }

    @Test
    void closingAConnectionLeavesNoListenerBehind() {
        var unused = fixture.connection.onDomainEvent(event -> {});
        assertEquals(1, fixture.hypervisor.sinkCount());
        fixture.connection.close();
        assertEquals(0, fixture.hypervisor.sinkCount());
    }

    @Test
    void accountingTellsSinceWhen() {
        assertFalse(fixture.connection.getCpuAccounting().running());
        fixture.clock.advanceNanos(1_500_000_000);
        fixture.connection.startCpuAccounting();
        fixture.clock.advanceNanos(1);
        fixture.connection.startCpuAccounting();
        assertEquals(
                Instant.ofEpochMilli(1500),
                fixture.connection.getCpuAccounting().since().orElseThrow());
        fixture.connection.stopCpuAccounting();
        assertFalse(fixture.connection.getCpuAccounting().running());
    }

    private List<String> record() {
        List<String> events = new ArrayList<>();
        var unused = fixture.hypervisor.register(
                (domain, type) -> events.add(type + " " + domain.name() + " " + domain.id()));
        return events;
    }
}
