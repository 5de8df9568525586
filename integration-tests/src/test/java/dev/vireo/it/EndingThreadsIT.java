package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;

import dev.vireo.Connection;
import dev.vireo.Domain;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A plain guest, in no group of its own, whose worker threads end. */
class EndingThreadsIT {
    private static final int MIGRATIONS = 5;
    /** So much that a migration takes a thread tens of milliseconds. */
    private static final int MEMORY_MIB = 1024;

    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void theTotalNeverGoesBackThoughThreadsEndThatHadUsedTime() throws IOException {
        Guest guest = scene.start(
                GuestSpec.of(GuestRom.IDLES).withMemoryMib(MEMORY_MIB).withMonitor());
        guest.monitor().acceptCommands();
        try (Connection connection = scene.connect();
                ThreadWatch watch = ThreadWatch.start(guest)) {
            Domain domain = connection.getDomainByName(guest.spec().name());
            ReadingLoop loop = scene.opened(ReadingLoop.start(domain));
            for (int i = 0; i < MIGRATIONS; i++) {
                guest.monitor().migrateToNowhere();
            }
            watch.assertThreadsEndedThatHadUsedTime(MIGRATIONS);
            watch.assertSumOverLiveThreadsWentBack();
            loop.assertNeverWentBack();
            ProcessClock clock = scene.clock(guest.pid());
            long before = clock.readNanos();
            long ours = domain.cpuStats().total().cpuTimeNanos().value();
            assertBetween("cpu_time", before, ours, clock.readNanos());
        }
    }
}
