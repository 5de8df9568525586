package dev.vireo.driver.libvirt.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop as libvirt sees it: functions of C that it is given, called when it is their turn. */
@Timeout(60)
class EventLoopTest {
    /** {@code virEventHandleCallback}. */
    public interface HandleCallback extends Callback {
        void invoke(int watch, int descriptor, int events, Pointer opaque);
    }

    /** {@code virEventTimeoutCallback}. */
    public interface TimeoutCallback extends Callback {
        void invoke(int timer, Pointer opaque);
    }

    /** {@code virFreeCallback}. */
    public interface FreeCallback extends Callback {
        void invoke(Pointer opaque);
    }

    private static final int READABLE = 1;
    private static final int WRITABLE = 2;

    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final EventLoop loop = new EventLoop();
    private final Scratch memory = new Scratch(Long.BYTES);
    private final int file = Libc.eventfd(0, 0);

    private final HandleCallback onHandle = (watch, descriptor, events, opaque) -> {
        calls.add("handle " + watch + " " + (descriptor == file) + " " + events + " " + Pointer.nativeValue(opaque));
        drain();
    };
    private final TimeoutCallback onTimeout =
            (timer, opaque) -> calls.add("timeout " + timer + " " + Pointer.nativeValue(opaque));
    private final FreeCallback onFree = opaque -> calls.add("free " + Pointer.nativeValue(opaque));

    EventLoopTest() {
        loop.startThread();
    }

    @AfterEach
    void close() {
        Libc.close(file);
    }

    private static long address(Callback callback) {
        return Pointer.nativeValue(CallbackReference.getFunctionPointer(callback));
    }

    private int addHandle(int events) {
        return loop.addHandle(file, events, address(onHandle), 11, address(onFree));
    }

    private int addTimeout(int millis) {
        return loop.addTimeout(millis, address(onTimeout), 22, address(onFree));
    }

    private void fill() {
        memory.bytes().putLong(0, 1);
        Libc.write(file, memory.address(), Long.BYTES);
    }

    private void drain() {
        Libc.read(file, memory.address(), Long.BYTES);
    }

    /** Returns when the loop has gone round, and what else it called since it was asked last. */
    private List<String> goRound() throws InterruptedException {
        List<String> others = new ArrayList<>();
        int timer = addTimeout(0);
        boolean isRemoved = false;
        for (String call = calls.take(); !call.equals("free 22"); call = calls.take()) {
            if (!call.equals("timeout " + timer + " 22")) {
                others.add(call);
            } else if (!isRemoved) {
                isRemoved = true;
                loop.removeTimeout(timer);
            }
        }
        return others;
    }

    @Test
    void aDescriptorThatIsReadyIsTold() throws InterruptedException {
        int watch = addHandle(READABLE);
        fill();
        assertEquals("handle " + watch + " true " + READABLE + " 11", calls.take());
        loop.updateHandle(watch, WRITABLE);
        assertEquals("handle " + watch + " true " + WRITABLE + " 11", calls.take());
    }

    @Test
    void aDescriptorThatIsWaitedForNoMoreIsNotTold() throws InterruptedException {
        int watch = addHandle(READABLE);
        loop.updateHandle(watch, 0);
        fill();
        assertEquals(List.of(), goRound());
        loop.updateHandle(watch, READABLE);
        assertEquals("handle " + watch + " true " + READABLE + " 11", calls.take());
    }

    @Test
    void whatIsRemovedIsFreedByTheLoopAndNeverCalled() throws InterruptedException {
        int watch = addHandle(READABLE);
        assertEquals(0, loop.removeHandle(watch));
        assertEquals("free 11", calls.take());
        fill();
        assertEquals(List.of(), goRound());
        assertEquals(-1, loop.removeHandle(watch));
        assertEquals(-1, loop.removeTimeout(watch));
    }

    @Test
    void aTimerThatIsSetWhileTheLoopSleepsIsCalledAgainAndAgainUntilItIsStopped() throws InterruptedException {
        int timer = addTimeout(-1);
        assertEquals(List.of(), goRound());
        loop.updateTimeout(timer, 1);
        assertEquals("timeout " + timer + " 22", calls.take());
        assertEquals("timeout " + timer + " 22", calls.take());
        loop.updateTimeout(timer, -1);
        goRound();
        assertEquals(List.of(), goRound());
    }
}
