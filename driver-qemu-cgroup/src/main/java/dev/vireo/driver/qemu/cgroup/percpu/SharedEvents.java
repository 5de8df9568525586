package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.linux.Bpf;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The counting programs of this process: one set, attached when the first connection needs it and detached with the last one.
 * Thread-safe.
 */
final class SharedEvents {
    private static final SharedEvents OF_THIS_PROCESS = new SharedEvents();

    private final Map<CountingHost, SchedEvents> current = new HashMap<>();
    private final Map<SchedEvents, Integer> users = new HashMap<>();

    private SharedEvents() {}

    static SharedEvents ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /** Returns what counts now, for one more user. */
    synchronized SchedEvents acquire(Bpf bpf, CountingHost host) throws IOException, PassedOverException {
        SchedEvents events = current.get(host);
        if (events != null && !events.isPinned() && new EventPins(host).isThere()) {
            events.stop(); // another process has pinned some since: one set is enough
        }
        if (events == null || events.isStopped()) {
            events = SchedEvents.open(bpf, host);
            current.put(host, events);
        }
        users.merge(events, 1, Integer::sum);
        return events;
    }

    /** Tells whether something counts already, in this process or pinned. */
    synchronized boolean isCounting(CountingHost host) {
        SchedEvents events = current.get(host);
        return (events != null && !events.isStopped()) || new EventPins(host).isThere();
    }

    synchronized void release(CountingHost host, SchedEvents events) {
        if (users.merge(events, -1, Integer::sum) == 0) {
            users.remove(events);
            current.remove(host, events);
            events.close();
        }
    }

    /** Has readers of this process go on with what is pinned, if they had programs of their own until now. */
    synchronized void stopOwn(CountingHost host) {
        SchedEvents events = current.get(host);
        if (events != null && !events.isPinned()) {
            events.stop();
        }
    }
}
