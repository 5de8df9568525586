package dev.vireo.driver.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final Deque<Runnable> asked = new ArrayDeque<>();
    private boolean alive = true;
    private boolean down;
    private int answers;

    private final Line line = new Line() {
        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public void shutDown() {
            down = true;
        }
    };
    private final Heartbeat heartbeat = new Heartbeat(line, asked::add, () -> answers++, 2);

    @Test
    void aDaemonThatAnswersIsAskedAtEachTick() {
        for (int i = 1; i <= 5; i++) {
            heartbeat.tick();
            asked.remove().run();
            assertEquals(i, answers);
        }
        assertFalse(down);
    }

    @Test
    void aDaemonThatIsSilentForSoManyTicksIsGivenUpAndIsNotAskedTwice() {
        heartbeat.tick();
        heartbeat.tick();
        assertFalse(down);
        heartbeat.tick();
        assertTrue(down);
        assertEquals(1, asked.size());
    }

    @Test
    void anAnswerInTimeStartsAnew() {
        heartbeat.tick();
        heartbeat.tick();
        asked.remove().run();
        heartbeat.tick();
        heartbeat.tick();
        assertFalse(down);
    }

    @Test
    void anErrorOfABrokenLineIsTheEndAtOnce() {
        Heartbeat failing = new Heartbeat(
                line,
                asked::add,
                () -> {
                    throw HypervisorException.of(ErrorCode.RPC, "libvirt", "closed");
                },
                2);
        failing.tick();
        asked.remove().run();
        assertFalse(down, "an error alone is an answer");
        alive = false;
        failing.tick();
        asked.remove().run();
        assertTrue(down);
    }

    @Test
    void aSessionThatIsClosingIsNotAskedAnyMore() {
        Heartbeat closing = new Heartbeat(
                line,
                task -> {
                    throw new RejectedExecutionException();
                },
                () -> {},
                2);
        for (int i = 0; i < 5; i++) {
            closing.tick();
        }
        assertFalse(down);
    }
}
