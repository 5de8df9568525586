package dev.vireo.cli.top;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.monitor.Pace;
import dev.vireo.monitor.SnapshotSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop at a terminal in memory. */
@Timeout(60)
class TopTest {
    private static final String OTHER_SCREEN = "\u001b[?1049h";
    private static final String FIRST_SCREEN = "\u001b[?1049l";

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Snapshots snapshots = new Snapshots().busy("a", 1);
    private LineDisciplineTerminal terminal;

    @BeforeEach
    void makeTerminal() throws IOException {
        terminal = new LineDisciplineTerminal("test", "xterm", sent, StandardCharsets.UTF_8);
        terminal.setSize(Size.of(80, 24));
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
        TopTerminal open = new TopTerminal(terminal, () -> {});
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
