package dev.vireo.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.monitor.Pace;
import dev.vireo.monitor.Snapshot;
import dev.vireo.monitor.SnapshotSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop at a terminal in memory. */
@Timeout(60)
class TopTest {
    private static final String OTHER_SCREEN = "\u001b[?1049h";
    /** Of the first screen, which is sent as a whole; of later ones only what has changed. */
    private static final String FIRST_LINE = "% of one core  the first snapshot is being made";

    private static final String CTRL_Z = "\u001a";
    private static final String FIRST_SCREEN = "\u001b[?1049l";

    private volatile Runnable onWrite = () -> {};
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Snapshots snapshots = new Snapshots().busy("a", 1);
    private final List<String> sentWhenStopped = new ArrayList<>();
    private final JobControl job = new JobControl() {
        @Override
        void stop() {
            sentWhenStopped.add(sent());
            attributes.add(new Attributes(terminal.getAttributes()));
        }
    };
    private final List<Attributes> attributes = new ArrayList<>();
    private LineDisciplineTerminal terminal;

    @BeforeEach
    void makeTerminal() throws IOException {
        terminal = new LineDisciplineTerminal("test", "xterm", screen(), StandardCharsets.UTF_8);
        terminal.setSize(Size.of(80, 24));
    }

    private OutputStream screen() {
        return new OutputStream() {
            @Override
            public void write(int octet) {
                sent.write(octet);
                onWrite.run();
            }
        };
    }

    @AfterEach
    void closeTerminal() throws IOException {
        terminal.close();
    }

    /** Gives one snapshot after the other. */
    private interface Each extends SnapshotSource {
        @Override
        default void close() {}
    }

    private void run(SnapshotSource source, int count) throws InterruptedException {
        TopTerminal open = new TopTerminal(terminal, () -> {}, job);
        Feed feed = new Feed(source, new Pace(Duration.ofSeconds(1), () -> 0, nanos -> {}));
        try (open) {
            new Top(open, feed, new Interest(), TopSettings.DEFAULT, count, Styles.PLAIN).run();
        }
    }

    private String sent() {
        return sent.toString(StandardCharsets.UTF_8);
    }

    private void awaitSent(String text) throws InterruptedException {
        while (!sent().contains(text)) {
            Thread.sleep(1);
        }
    }

    private void assertPutBack() {
        int other = sent().indexOf(OTHER_SCREEN);
        assertTrue(other >= 0 && sent().lastIndexOf(FIRST_SCREEN) > other, sent());
        assertTrue(sent().indexOf("% of one core", sent().lastIndexOf(FIRST_SCREEN)) < 0, sent());
    }

    @Test
    void itEndsAfterSoManyRatesAndPutsTheTerminalBack() throws InterruptedException {
        AtomicInteger second = new AtomicInteger();
        Each each = () -> snapshots.at(second.incrementAndGet());
        run(each, 3);
        assertPutBack();
        assertTrue(second.get() >= 4, "it saw " + second);
    }

    @Test
    void aDefectIsThrownAndTheTerminalIsPutBack() {
        IllegalStateException defect = new IllegalStateException("broken");
        Each broken = () -> {
            throw defect;
        };
        assertSame(defect, assertThrows(IllegalStateException.class, () -> run(broken, Integer.MAX_VALUE)));
        assertPutBack();
    }

    @Test
    void aMissingClassIsThrownAndTheTerminalIsPutBack() {
        Each broken = () -> {
            throw new NoClassDefFoundError("broken");
        };
        assertThrows(NoClassDefFoundError.class, () -> run(broken, Integer.MAX_VALUE));
        assertPutBack();
    }

    @Test
    void aLostConnectionIsShownUntilItIsThereAgain() throws InterruptedException {
        AtomicInteger second = new AtomicInteger();
        Each lost = () -> {
            if (second.incrementAndGet() < 3) {
                throw HypervisorException.of(ErrorCode.RPC, "made up", "the line is dead");
            }
            awaitSent("VIR_ERR_RPC: ");
            return snapshots.at(second.get());
        };
        run(lost, 1);
        assertPutBack();
        assertTrue(sent().contains("the line is dead"), sent());
        assertTrue(sent().contains("next try in 2.000 s") || sent().contains("next try in 1.000 s"), sent());
    }

    /** Has a user press keys as soon as there is a screen. */
    private Thread pressing(String keys) {
        Thread user = new Thread(() -> {
            try {
                awaitSent(FIRST_LINE);
                if (keys.startsWith(CTRL_Z)) {
                    terminal.raise(Signal.TSTP);
                }
                terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
            } catch (InterruptedException | IOException failed) {
                throw new AssertionError(failed);
            }
        });
        user.start();
        return user;
    }

    @Test
    void ctrlZGivesTheTerminalBackWhileItIsStoppedAndTakesItAgain() throws InterruptedException {
        Attributes first = new Attributes(terminal.getAttributes());
        AtomicInteger second = new AtomicInteger();
        Each each = () -> {
            if (second.get() > 2) {
                Thread.sleep(1);
            }
            return snapshots.at(second.incrementAndGet());
        };
        Thread user = pressing(CTRL_Z + "q");
        run(each, Integer.MAX_VALUE);
        user.join();
        assertEquals(1, sentWhenStopped.size());
        String stopped = sentWhenStopped.get(0);
        assertTrue(stopped.lastIndexOf(FIRST_SCREEN) > stopped.lastIndexOf(OTHER_SCREEN), stopped);
        assertEquals(first.toString(), attributes.get(0).toString());
        assertTrue(sent().indexOf(OTHER_SCREEN, stopped.length()) >= 0, sent());
        assertPutBack();
    }

    @Test
    void aTerminalThatTakesNothingHoldsUpTheSnapshotsToo() throws InterruptedException {
        AtomicReference<Thread> sampling = new AtomicReference<>();
        AtomicInteger second = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        Each each = () -> {
            sampling.set(Thread.currentThread());
            assertTrue(second.get() < 1000, "nobody takes them, and there are more and more");
            return snapshots.at(second.incrementAndGet());
        };
        onWrite = () -> {
            if (made.get() == 0 && sent().contains(FIRST_LINE)) {
                awaitWaiting(sampling);
                made.set(second.get());
            }
        };
        run(each, 500);
        assertPutBack();
        assertTrue(made.get() > 0 && made.get() < 100, "made when nobody took any: " + made.get());
    }

    /** Returns when a thread waits for another one, or has ended. */
    private static void awaitWaiting(AtomicReference<Thread> thread) {
        Thread awaited = thread.get();
        while (awaited == null || (awaited.getState() != Thread.State.WAITING && awaited.isAlive())) {
            LockSupport.parkNanos(1_000_000);
            awaited = thread.get();
        }
    }

    @Test
    void aPauseHoldsTheSourceToo() throws InterruptedException {
        AtomicInteger second = new AtomicInteger();
        List<Boolean> pauses = new CopyOnWriteArrayList<>();
        SnapshotSource source = new SnapshotSource() {
            @Override
            public Snapshot next() throws InterruptedException {
                Thread.sleep(1);
                return snapshots.at(second.incrementAndGet());
            }

            @Override
            public void pause(boolean isPaused) {
                pauses.add(isPaused);
            }

            @Override
            public void close() {}
        };
        Thread user = pressing("ppq");
        run(source, Integer.MAX_VALUE);
        user.join();
        assertEquals(List.of(true, false, false), pauses);
    }

    @Test
    void theEndOfARecordingIsSaidAndQEndsIt() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger second = new AtomicInteger();
        Each recording = () -> {
            if (second.incrementAndGet() < 3) {
                return snapshots.at(second.get());
            }
            ended.countDown();
            return null;
        };
        Thread user = new Thread(() -> {
            try {
                ended.await();
                terminal.processInputBytes("q".getBytes(StandardCharsets.UTF_8));
            } catch (InterruptedException | IOException failed) {
                throw new AssertionError(failed);
            }
        });
        user.start();
        run(recording, Integer.MAX_VALUE);
        user.join();
        assertPutBack();
    }
}
