package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two busy vCPUs of two guests on one host CPU: each waits while the other runs. */
class StarvedVcpusIT {
    /** In parts of the interval: a time slice or two at its ends, and the kernel's own work on that CPU. */
    private static final double TOLERANCE = 0.05;

    private static final Duration RUN = Duration.ofMillis(700);

    @RegisterExtension
    final Scene scene = new Scene();

    /** The growth of a vCPU's times and of the clock on the wall, which was read outside and inside of it. */
    private record Growth(double run, double delay, double shortestWall, double longestWall) {
        void assertRunAndDelayAreAllOfTheTime() {
            double sum = run + delay;
            assertTrue(sum >= shortestWall * (1 - TOLERANCE) && sum <= longestWall * (1 + TOLERANCE), this::toString);
        }

        /** Others may be on this CPU as well, so it may be less than a half. */
        void assertWaitedForHalfOfTheTimeOrMore() {
            assertTrue(delay >= shortestWall * (0.5 - TOLERANCE), this::toString);
            assertTrue(run <= longestWall * (0.5 + TOLERANCE), this::toString);
        }
    }

    private record Look(long begin, ThreadTimes.Times times, long end) {
        static Look at(VcpuReader reader, Domain domain) {
            long begin = System.nanoTime();
            ThreadTimes.Times times = reader.read(domain).get(0);
            return new Look(begin, times, System.nanoTime());
        }

        Growth until(Look later) {
            return new Growth(
                    later.times.run() - times.run(),
                    later.times.delay() - times.delay(),
                    later.begin - end,
                    later.end - begin);
        }
    }

    @ParameterizedTest
    @EnumSource
    void runTimeAndDelayTogetherAreTheTimeThatPassedAndEachIsHalfOfIt(VcpuReader reader) throws IOException {
        List<Guest> guests = twoGuestsOnOneCpu();
        try (Connection connection = scene.connect()) {
            Domain first = connection.getDomainByName(guests.get(0).spec().name());
            Domain second = connection.getDomainByName(guests.get(1).spec().name());
            Look firstBefore = Look.at(reader, first);
            Look secondBefore = Look.at(reader, second);
            awaitRun(guests.get(0));
            Growth growth = firstBefore.until(Look.at(reader, first));
            Growth other = secondBefore.until(Look.at(reader, second));
            growth.assertRunAndDelayAreAllOfTheTime();
            other.assertRunAndDelayAreAllOfTheTime();
            growth.assertWaitedForHalfOfTheTimeOrMore();
            other.assertWaitedForHalfOfTheTimeOrMore();
            assertEquals(1, growth.run / other.run, 0.2, () -> growth + " is no fair share beside " + other);
        }
    }

    private List<Guest> twoGuestsOnOneCpu() throws IOException {
        List<Guest> guests = scene.startAll(List.of(GuestSpec.of(GuestRom.SPINS), GuestSpec.of(GuestRom.SPINS)));
        for (Guest guest : guests) {
            Pinning.pinThread(guest.vcpuThreads().get(0), 1);
        }
        return guests;
    }

    private void awaitRun(Guest guest) throws IOException {
        ThreadTimes kernel = new ThreadTimes(scene.program("thread_times"), guest);
        long before = kernel.read().get(0).run();
        Await.until(
                "the guest has run " + RUN,
                Duration.ofSeconds(60),
                () -> kernel.read().get(0).run() - before >= RUN.toNanos());
    }
}
