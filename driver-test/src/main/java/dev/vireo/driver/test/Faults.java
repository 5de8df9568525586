package dev.vireo.driver.test;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in a {@link TestHypervisor}, on request: operations that fail, a hypervisor that is gone, something that
 * happens between two calls, numbers that cannot be read in bulk, domains that hang. Nothing does in the beginning. Thread-safe.
 */
public final class Faults {
    private static final class Waiting {
        final Operation operation;
        final Runnable action;
        int calls;

        Waiting(Operation operation, int calls, Runnable action) {
            this.operation = operation;
            this.calls = calls;
            this.action = action;
        }
    }

    private record Failure(ErrorCode code, boolean once) {}

    private final Map<Operation, Failure> failures = new EnumMap<>(Operation.class);
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Hang> hangs = new CopyOnWriteArrayList<>();
    // spares the lock where nothing is to go wrong
    private volatile boolean armed;
    private volatile boolean connected = true;
    private volatile Map<Statistic, String> unavailable = Map.of();

    Faults() {}

    /**
     * Makes an operation fail from now on, whatever it is about.
     *
     * @param operation which operation
     * @param code the error that it fails with
     */
    public void fail(Operation operation, ErrorCode code) {
        add(operation, new Failure(code, false));
    }

    /**
     * Makes the next call of an operation fail.
     *
     * @param operation which operation
     * @param code the error that it fails with
     */
    public void failOnce(Operation operation, ErrorCode code) {
        add(operation, new Failure(code, true));
    }

    /**
     * Makes something happen at the beginning of a later call of an operation, once: {@code before(DOMAIN_GET_CPU_STATS,
     * 2, domain::end)} ends a domain between the next two calls.
     *
     * @param operation which operation
     * @param call which of its calls from now on, 1 for the next
     * @param action what happens, on the calling thread
     */
    public synchronized void before(Operation operation, int call, Runnable action) {
        if (call < 1) {
            throw new IllegalArgumentException("the next call is number 1, not " + call);
        }
        waiting.add(new Waiting(
                Objects.requireNonNull(operation, "operation"), call, Objects.requireNonNull(action, "action")));
        armed = true;
    }

    /**
     * Makes a bulk read report a statistic as unavailable, of all domains.
     *
     * @param statistic which statistic
     * @param reason why, fit to be shown after "unavailable, because"
     */
    public synchronized void unavailable(Statistic statistic, String reason) {
        Map<Statistic, String> changed = new EnumMap<>(Statistic.class);
        changed.putAll(unavailable);
        changed.put(statistic, Objects.requireNonNull(reason, "reason"));
        unavailable = changed;
    }

    /**
     * Makes a run of a domain hang: every call about it, and every bulk read that comes to it, waits.
     *
     * @param domain which run
     * @return lets them go on
     */
    public Hang hang(TestDomain domain) {
        Hang hang = new Hang(Objects.requireNonNull(domain, "domain"));
        hangs.add(hang);
        return hang;
    }

    /**
     * Takes the hypervisor away: connections are no longer alive, and each operation and look-up fails with
     * {@link ErrorCode#RPC}. Domains go on meanwhile.
     */
    public synchronized void disconnect() {
        connected = false;
        armed = true;
    }

    /** Ends all faults, {@link #disconnect()} among them. */
    public synchronized void clear() {
        hangs.forEach(Hang::release);
        hangs.clear();
        failures.clear();
        waiting.clear();
        unavailable = Map.of();
        connected = true;
        armed = false;
    }

    boolean isConnected() {
        return connected;
    }

    @Nullable String reason(Statistic statistic) {
        return unavailable.get(statistic);
    }

    /** Waits where a domain hangs; outside of all locks. */
    void reached(TestDomain domain) {
        for (int i = 0; i < hangs.size(); i++) { // an iterator would be garbage
            Hang hang = hangs.get(i);
            if (hang.isOf(domain)) {
                hang.reached();
            }
        }
    }

    void called(Operation operation, @Nullable TestDomain domain) {
        if (domain != null) {
            reached(domain);
        }
        if (!armed) {
            return;
        }
        // outside of the lock: an action may take the hypervisor's, under which others ask for ours
        for (Runnable action : dueActions(operation)) {
            action.run();
        }
        if (!connected) {
            throw HypervisorException.of(
                    ErrorCode.RPC,
                    TestDriver.NAME,
                    operation + ": the in-memory hypervisor is gone; open a new connection");
        }
        Failure failure = takeFailure(operation);
        if (failure != null) {
            String about = domain == null ? "" : " of domain '" + domain.name() + "'";
            throw HypervisorException.of(
                    failure.code,
                    TestDriver.NAME,
                    operation + about + " fails because that was asked for; clear the fault");
        }
    }

    private synchronized void add(Operation operation, Failure failure) {
        Objects.requireNonNull(failure.code, "code");
        failures.put(operation, failure);
        armed = true;
    }

    private synchronized @Nullable Failure takeFailure(Operation operation) {
        Failure failure = failures.get(operation);
        if (failure != null && failure.once) {
            failures.remove(operation);
        }
        return failure;
    }

    private synchronized List<Runnable> dueActions(Operation operation) {
        List<Runnable> due = new ArrayList<>();
        Iterator<Waiting> each = waiting.iterator();
        while (each.hasNext()) {
            Waiting next = each.next();
            if (next.operation == operation && --next.calls == 0) {
                due.add(next.action);
                each.remove();
            }
        }
        return due;
    }
}
