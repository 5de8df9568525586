package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.DomainState;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.VcpuTimes;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A QEMU that hangs, beside guests that run. libvirt's bulk read asks each QEMU and waits for it, for ever where nobody
 * waits yet, whatever its flags; nothing that is read here may depend on that.
 */
class LibvirtHungQemuIT {
    /** libvirt gives up waiting for a guest that another caller waits for after 30 s: no answer may come from that. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final int READS = 12;
    /** libvirt's client stalls for 5 s, again and again, where one call hangs and others share its connection. */
    private static final Duration READS_LIMIT = Duration.ofSeconds(30);

    private static final Set<StatsGroup> BOTH = EnumSet.of(StatsGroup.CPU_TOTAL, StatsGroup.VCPU);

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static LibvirtGuest hung;
    private static LibvirtGuest alsoHung;
    private static LibvirtGuest healthy;

    private Connection connection;

    @BeforeAll
    static void startGuests() throws IOException {
        hung = SCENE.start(GuestSpec.of(GuestRom.SPINS));
        alsoHung = SCENE.start(GuestSpec.of(GuestRom.IDLES));
        healthy = SCENE.start(GuestSpec.of(GuestRom.IDLES));
    }

    @BeforeEach
    void hang() throws IOException {
        connection = SCENE.connect();
        hung.hang();
    }

    @AfterEach
    void wakeUp() {
        hung.wakeUp();
        alsoHung.wakeUp();
        connection.close();
    }

    @Test
    void cpuStatisticsStillAnswerAndStandStill() {
        assertTimeoutPreemptively(LIMIT, () -> {
            Domain domain = connection.getDomainByName(hung.name());
            long before = domain.cpuStats().total().cpuTimeNanos().value();
            assertTrue(before > 0);
            assertEquals(HostCpus.ids(), domain.cpuStats().hostCpus().cpus().size());
            assertEquals(before, domain.cpuStats().total().cpuTimeNanos().value());
        });
    }

    @Test
    void theOtherOperationsAnswerToo() {
        assertTimeoutPreemptively(LIMIT, () -> {
            Domain domain = connection.getDomainByName(hung.name());
            assertEquals(DomainState.RUNNING, domain.getInfo().state());
            assertTrue(connection.listDomains().contains(domain));
            VcpuTimes vcpus = VcpuTimes.allocate(1);
            domain.getVcpus(vcpus);
            assertEquals(1, vcpus.size());
            assertTrue(vcpus.runTimeNanos(0) > 0);
        });
    }

    @Test
    void aBulkReadOfTotalsHidesNobody() {
        assertTimeoutPreemptively(LIMIT, () -> {
            Sweep sweep = Sweep.of(connection, EnumSet.of(StatsGroup.CPU_TOTAL));
            assertTotal(sweep, hung);
            assertTotal(sweep, healthy);
        });
    }

    @Test
    void aBulkReadOfVcpusNeitherBlocksNorHidesTheOthers() {
        assertTimeoutPreemptively(LIMIT, () -> {
            Sweep sweep = Sweep.of(connection, BOTH);
            assertTotal(sweep, healthy);
            assertVcpus(sweep, healthy);
            assertTotal(sweep, hung);
        });
    }

    @Test
    void aBulkReadBesideTwoHungGuestsNeitherBlocksNorHidesTheOthers() throws IOException {
        alsoHung.hang();
        assertTimeoutPreemptively(LIMIT, () -> {
            Sweep sweep = Sweep.of(connection, BOTH);
            assertTotal(sweep, healthy);
            assertVcpus(sweep, healthy);
            assertTotal(sweep, hung);
            assertTotal(sweep, alsoHung);
        });
    }

    /** More often than libvirtd lets one connection ask at once, so that what is left waiting must not add up. */
    @Test
    void bulkReadsAgainAndAgainKeepAnsweringAndLeaveTheConnectionUsable() {
        assertTimeoutPreemptively(READS_LIMIT, () -> {
            for (int i = 0; i < READS; i++) {
                Sweep sweep = Sweep.of(connection, BOTH);
                assertTotal(sweep, hung);
                assertVcpus(sweep, healthy);
            }
            assertTrue(connection.isAlive());
            assertEquals(
                    healthy.uuid(), connection.getDomainByName(healthy.name()).uuid());
        });
    }

    @Test
    void whenItWakesUpAllIsToldAgain() {
        assertTimeoutPreemptively(READS_LIMIT, () -> {
            Sweep during = Sweep.of(connection, BOTH);
            hung.wakeUp();
            Await.until("all of the guest that hung is told", LIMIT, () -> {
                Sweep after = Sweep.of(connection, BOTH);
                return after.find(hung.name()).isPresent()
                        && !after.get(hung.name()).all(Statistic.VCPU_DELAY).isEmpty();
            });
            long now = Sweep.of(connection, BOTH).get(hung.name()).value(Statistic.CPU_TIME);
            assertBetween("cpu_time", during.get(hung.name()).value(Statistic.CPU_TIME), now, Long.MAX_VALUE);
        });
    }

    private static void assertTotal(Sweep sweep, LibvirtGuest guest) {
        assertTrue(sweep.get(guest.name()).value(Statistic.CPU_TIME) > 0);
    }

    private static void assertVcpus(Sweep sweep, LibvirtGuest guest) {
        Sweep.Told told = sweep.get(guest.name());
        assertEquals(Set.of(0), told.all(Statistic.VCPU_TIME).keySet());
        assertEquals(Set.of(0), told.all(Statistic.VCPU_STATE).keySet());
    }
}
