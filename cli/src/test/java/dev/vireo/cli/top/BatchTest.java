package dev.vireo.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.monitor.Pace;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final StringBuilder out = new StringBuilder();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private final Snapshots snapshots = new Snapshots().busy("a", 1).stale("b", "it hangs");

    /** Gives a snapshot for each second, a failure for each 0, and then ends. */
    private static final class Seconds implements SnapshotSource {
        private final Snapshots snapshots;
        private final int[] seconds;
        private int next;

        Seconds(Snapshots snapshots, int... seconds) {
            this.snapshots = snapshots;
            this.seconds = seconds;
        }

        @Override
        public @Nullable Snapshot next() {
            if (next == seconds.length) {
                return null;
            }
            int second = seconds[next++];
            if (second == 0) {
                throw HypervisorException.of(ErrorCode.RPC, "made up", "the line is dead");
            }
            return snapshots.at(second);
        }

        @Override
        public void close() {}
    }

    private boolean run(TickWriter writer, int count, int... seconds) throws InterruptedException {
        Feed feed = new Feed(new Seconds(snapshots, seconds), new Pace(Duration.ofSeconds(1), () -> 0, nanos -> {}));
        return new Batch(feed, TopSettings.DEFAULT, writer, this::flush, remarks::add).run(count);
    }

    private boolean flush() {
        written.add(out.toString());
        out.setLength(0);
        return written.size() < 5;
    }

    @Test
    void eachIntervalIsHandedOverWhenItIsOver() throws InterruptedException {
        assertTrue(run(new TextTicks(TopSettings.DEFAULT, out), Integer.MAX_VALUE, 1, 2, 4));
        assertEquals(List.of("""
                % of one core  sum 100.0 without 1  2 domains  in 1.000 s  by CPU%  12:00:02Z
                 CPU% USER%  SYS% STEAL% VCPUS OVERH% NAME
                100.0  75.0     -   25.0     1   10.0 a
                    -     -     -      -     2      - (2.500 s old) b

                """, """
                % of one core  sum 100.0 without 1  2 domains  in 2.000 s  by CPU%  12:00:04Z
                 CPU% USER%  SYS% STEAL% VCPUS OVERH% NAME
                100.0  75.0     -   25.0     1   10.0 a
                    -     -     -      -     2      - (2.500 s old) b

                """), written);
    }

    @Test
    void whatIsNotKnownIsEmptyInCsv() throws InterruptedException {
        assertTrue(run(new CsvTicks(TopSettings.DEFAULT, "core", out), 1, 1, 2));
        List<String> lines = written.get(0).lines().toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(1).startsWith("2026-11-26T12:00:02.000Z,1.000,a,"), lines::toString);
        assertTrue(lines.get(1).endsWith(",1,running,core,100.000,75.000,,25.000,1,10.000,"), lines::toString);
        assertTrue(lines.get(2).endsWith(",2,running,core,,,,,2,,2.500"), lines::toString);
    }

    @Test
    void itEndsAfterSoManyIntervals() throws InterruptedException {
        assertTrue(run(new CsvTicks(TopSettings.DEFAULT, "core", out), 2, 1, 2, 3, 4));
        assertEquals(2, written.size());
    }

    @Test
    void itEndsWhenNobodyReads() throws InterruptedException {
        assertFalse(run(new CsvTicks(TopSettings.DEFAULT, "core", out), Integer.MAX_VALUE, 1, 2, 3, 4, 5, 6, 7));
        assertEquals(5, written.size());
    }

    @Test
    void aFailureIsARemarkAndTheIntervalOverItIsLeftOut() throws InterruptedException {
        assertTrue(run(new CsvTicks(TopSettings.DEFAULT, "core", out), Integer.MAX_VALUE, 1, 0, 2, 3));
        assertEquals(1, remarks.size());
        assertTrue(
                remarks.get(0).matches("no snapshot, next try in 1\\.000 s: VIR_ERR_RPC: .*the line is dead.*"),
                remarks::toString);
        assertEquals(1, written.size());
        assertTrue(written.get(0).contains("T12:00:03.000Z"), written::toString);
    }
}
