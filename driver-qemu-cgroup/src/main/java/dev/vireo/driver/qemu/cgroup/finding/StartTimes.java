package dev.vireo.driver.qemu.cgroup.finding;

import dev.vireo.driver.qemu.cgroup.reading.GuestProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When processes started, by the clock on the wall: {@code btime} in {@code /proc/stat}, and ticks since. */
final class StartTimes {
    /** btime is a whole second, and the clock may have been set since. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private static final int MILLIS_PER_TICK = 10;

    private final Path stat;

    StartTimes(Path procfs) {
        this.stat = procfs.resolve("stat");
    }

    /** Tells whether a time is surely before a process started. */
    boolean isBefore(FileTime time, GuestProcess process) {
        return bootTime()
                .map(boot ->
                        boot.plusMillis(process.startTime() * MILLIS_PER_TICK).minus(TOLERANCE))
                .map(start -> time.toInstant().isBefore(start))
                .orElse(false);
    }

    private Optional<Instant> bootTime() {
        try {
            return TextLines.read(stat).stream()
                    .filter(line -> line.startsWith("btime "))
                    .map(line -> Instant.ofEpochSecond(
                            Long.parseLong(line.substring("btime ".length()).strip())))
                    .findFirst();
        } catch (IOException | NumberFormatException unknown) {
            return Optional.empty();
        }
    }
}
