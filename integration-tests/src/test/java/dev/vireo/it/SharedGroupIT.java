package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.Domain;
import dev.vireo.Statistic;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A guest that nobody manages, in a control group with somebody else. */
class SharedGroupIT {
    private static final Duration SPUN = Duration.ofMillis(700);
    private static final Duration IDLED = Duration.ofMillis(70);

    @RegisterExtension
    final Scene scene = new Scene();

    @ParameterizedTest
    @CsvSource({"V1, false", "V1, true", "V2, false", "V2, true"})
    void theTimeOfABusyNeighbourIsNotAnIdleGuests(CgroupVersion version, boolean onOneCpu) throws IOException {
        Guest guest = scene.start(GuestSpec.of(GuestRom.IDLES));
        Spinner spinner = scene.spinner();
        ControlGroup group = scene.plainGroup(version);
        scene.place(version, group, guest);
        group.move(spinner.pid());
        if (onOneCpu) {
            guest.pinTo(0);
            Pinning.pinProcess(spinner.pid(), 0);
        }
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(guest.spec().name());
            long before = domain.cpuStats().total().cpuTimeNanos().value();
            scene.clock(spinner.pid()).awaitGrowth(SPUN);
            long used = domain.cpuStats().total().cpuTimeNanos().value() - before;
            assertTrue(used < IDLED.toNanos(), () -> "an idle guest used " + used + " ns");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTotalIsTheProcesssCpuClockToTheNanosecond(CgroupVersion version) throws IOException {
        Guest guest = busyGuestWithANeighbour(version);
        ProcessClock clock = scene.clock(guest.pid());
        try (Connection connection = scene.connect()) {
            Domain domain = connection.getDomainByName(guest.spec().name());
            for (int i = 0; i < 20; i++) {
                long before = clock.readNanos();
                long ours = domain.cpuStats().total().cpuTimeNanos().value();
                assertBetween("cpu_time", before, ours, clock.readNanos());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBulkReadTellsTheProcesssCpuClockToo(CgroupVersion version) throws IOException {
        Guest guest = busyGuestWithANeighbour(version);
        ProcessClock clock = scene.clock(guest.pid());
        try (Connection connection = scene.connect()) {
            for (int i = 0; i < 5; i++) {
                long before = clock.readNanos();
                Sweep.Told told = Sweep.of(connection).get(guest.spec().name());
                assertBetween("cpu_time", before, told.value(Statistic.CPU_TIME), clock.readNanos());
                assertFalse(
                        told.reason(Statistic.HOST_CPU_TIME, 0).orElseThrow().isBlank());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoGuestsInOneGroupAreToldApart(CgroupVersion version) throws IOException {
        Guest idle = scene.start(GuestSpec.of(GuestRom.IDLES));
        Guest busy = scene.start(GuestSpec.of(GuestRom.SPINS));
        ControlGroup group = scene.plainGroup(version);
        group.move(idle.pid());
        group.move(busy.pid());
        try (Connection connection = scene.connect()) {
            CpuStats.Total before =
                    connection.getDomainByName(idle.spec().name()).cpuStats().total();
            scene.clock(busy.pid()).awaitGrowth(SPUN);
            CpuStats.Total after =
                    connection.getDomainByName(idle.spec().name()).cpuStats().total();
            long used = after.cpuTimeNanos().value() - before.cpuTimeNanos().value();
            assertTrue(used < IDLED.toNanos(), () -> "an idle guest used " + used + " ns");
        }
    }

    private Guest busyGuestWithANeighbour(CgroupVersion version) throws IOException {
        Guest guest = scene.start(GuestSpec.of(GuestRom.SPINS));
        ControlGroup group = scene.plainGroup(version);
        group.move(guest.pid());
        group.move(scene.spinner().pid());
        scene.clock(guest.pid()).awaitGrowth(Duration.ofMillis(200));
        return guest;
    }
}
