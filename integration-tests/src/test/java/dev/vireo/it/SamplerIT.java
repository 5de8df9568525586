package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.StatsGroup;
import dev.vireo.monitor.DomainRates;
import dev.vireo.monitor.DomainSample;
import dev.vireo.monitor.Rates;
import dev.vireo.monitor.Sampler;
import dev.vireo.monitor.Snapshot;
import java.time.Duration;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Samples and rates of real guests, by the native driver and by libvirt. */
class SamplerIT {
    @RegisterExtension
    static final LibvirtScene LIBVIRT = new LibvirtScene(LibvirtHierarchy.V1);

    @RegisterExtension
    final Scene scene = new Scene();

    private static DomainSample sampleOf(Snapshot snapshot, UUID uuid) {
        return snapshot.find(uuid).orElseThrow(() -> new AssertionError(uuid + " is not in " + snapshot.domains()));
    }

    /** The kernel's own numbers, read around each sample, say between which bounds the rate lies. */
    @Test
    void theRateOfABusyGuestIsWhatItsGroupUsedInTheTimeBetween() throws Exception {
        PlacedGuest busy = scene.libvirtGuest(CgroupVersion.V1, LibvirtLayout.SYSTEMD);
        try (Connection connection = Connection.open(RealGuestContract.URI);
                Sampler sampler = Sampler.over(connection).build()) {
            scene.awaitKnown(connection);
            KernelTimes beforeFirst = busy.kernel().read();
            Snapshot first = sampler.sample();
            KernelTimes afterFirst = busy.kernel().read();
            KernelTimes beforeSecond = busy.kernel().awaitGrowth(afterFirst, Duration.ofMillis(300));
            Snapshot second = sampler.sample();
            KernelTimes afterSecond = busy.kernel().read();
            DomainRates rates = Rates.between(first, second).find(busy.uuid()).orElseThrow();
            double seconds = rates.interval().orElseThrow().toNanos() / 1e9;
            double used = rates.total().value() * seconds;
            double least = (beforeSecond.cpuTime() - afterFirst.cpuTime()) / 1e9;
            double most = (afterSecond.cpuTime() - beforeFirst.cpuTime()) / 1e9;
            assertTrue(used >= least && used <= most, () -> used + " s, by the kernel " + least + " to " + most);
            assertEquals(
                    "cpuacct.usage, cpuacct.stat", sampleOf(second, busy.uuid()).source(StatsGroup.CPU_TOTAL));
        }
    }

    @Test
    void aGuestThatRunsAgainHasNoRateUntilItWasReadTwice() throws Exception {
        PlacedGuest guest = scene.libvirtGuest(CgroupVersion.V1, LibvirtLayout.SYSTEMD);
        try (Connection connection = Connection.open(RealGuestContract.URI);
                Sampler sampler = Sampler.over(connection).build()) {
            scene.awaitKnown(connection);
            Snapshot before = sampler.sample();
            guest.guest().kill();
            PlacedGuest again = scene.libvirtGuest(
                    CgroupVersion.V1, LibvirtLayout.SYSTEMD, guest.guest().spec());
            scene.awaitKnown(connection);
            Snapshot after = sampler.sample();
            assertEquals(guest.uuid(), again.uuid());
            DomainRates none = Rates.between(before, after).find(guest.uuid()).orElseThrow();
            assertFalse(none.total().isKnown(), () -> "a rate of " + none.total());
            again.kernel().awaitGrowth(again.kernel().read(), Duration.ofMillis(50));
            DomainRates known =
                    Rates.between(after, sampler.sample()).find(guest.uuid()).orElseThrow();
            assertTrue(known.total().value() > 0);
        }
    }

    /** libvirt's bulk read waits for a guest whose monitor does not answer, and so for one that hangs. */
    @Test
    void withLibvirtAGuestThatHangsIsStaleAndTheOthersAreReadAllTheSame() throws Exception {
        LibvirtGuest sick = LIBVIRT.start(GuestSpec.of(GuestRom.SPINS));
        LibvirtGuest well = LIBVIRT.start(GuestSpec.of(GuestRom.SPINS));
        try (Connection connection = LIBVIRT.connect();
                Sampler sampler = Sampler.over(connection)
                        .groups(EnumSet.allOf(StatsGroup.class))
                        .build()) {
            assertFalse(sampleOf(sampler.sample(), sick.uuid()).isStale());
            sick.hang();
            try {
                for (int sample = 0; sample < 3; sample++) {
                    Snapshot meanwhile = sampler.sample();
                    DomainSample other = sampleOf(meanwhile, well.uuid());
                    assertFalse(other.isStale(), () -> "stale: " + other.staleReason());
                    assertTrue(
                            other.totalNanos().isAvailable(),
                            () -> other.totalNanos().toString());
                }
            } finally {
                sick.wakeUp();
            }
            Await.until("the guest that hung is read again", Duration.ofSeconds(60), () -> {
                try {
                    return !sampleOf(sampler.sample(), sick.uuid()).isStale();
                } catch (InterruptedException interrupted) {
                    throw new AssertionError("interrupted", interrupted);
                }
            });
        }
    }
}
