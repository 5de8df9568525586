package dev.vireo.driver.libvirt.binding;

import com.sun.jna.Callback;
import com.sun.jna.Function;
import com.sun.jna.Pointer;

/** What libvirt asks of an event loop ({@code virEventRegisterImpl}), and what the loop calls in return. */
final class EventImplementation {
    /** {@code virEventAddHandleFunc}: returns the number of the watch. */
    interface AddHandle extends Callback {
        int invoke(int descriptor, int events, long callback, long opaque, long free);
    }

    /** {@code virEventUpdateHandleFunc}, {@code virEventUpdateTimeoutFunc}. */
    interface Update extends Callback {
        void invoke(int number, int value);
    }

    /** {@code virEventRemoveHandleFunc}, {@code virEventRemoveTimeoutFunc}: returns 0, or -1 if there is none. */
    interface Remove extends Callback {
        int invoke(int number);
    }

    /** {@code virEventAddTimeoutFunc}: returns the number of the timer. */
    interface AddTimeout extends Callback {
        int invoke(int millis, long callback, long opaque, long free);
    }

    private EventImplementation() {}

    static void callHandle(long callback, int watch, int descriptor, int events, long opaque) {
        call(callback, watch, descriptor, events, new Pointer(opaque));
    }

    static void callTimeout(long callback, int timer, long opaque) {
        call(callback, timer, new Pointer(opaque));
    }

    static void callFree(long free, long opaque) {
        if (free != 0) {
            call(free, new Pointer(opaque));
        }
    }

    private static void call(long function, Object... arguments) {
        Function.getFunction(new Pointer(function)).invokeVoid(arguments);
    }
}
