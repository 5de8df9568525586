package dev.vireo.tck;

import dev.vireo.Domain;
import dev.vireo.DomainEvent;
import dev.vireo.DomainInfo;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.Subscription;
import dev.vireo.TypedParameters;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Group 7: domains that pause and end, and what is told of it. */
abstract class LifeCycleRules extends NodeRules {
    private static final long LIMIT_SECONDS = 5;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);

    LifeCycleRules() {}

    @Test
    @Rule(value = "7.1", of = Operation.DOMAIN_GET_INFO, look = "the state, and the number of vCPUs")
    public final void aRunningDomainIsRunning() {
        DomainInfo info = domain().getInfo();
        Checks.require(
                info.state() == DomainState.RUNNING || info.state() == DomainState.BLOCKED,
                "the domain runs, and its state is " + info.state());
        Checks.require(
                !info.vcpus().isAvailable() || info.vcpus().value() >= 1, "the domain has " + info.vcpus() + " vCPUs");
    }

    @Test
    @Rule(
            value = "7.2",
            of = {Operation.DOMAIN_SUSPEND, Operation.DOMAIN_RESUME, Operation.DOMAIN_GET_INFO},
            look = "suspend and resume, and the state afterwards")
    public final void aDomainIsSuspendedAndResumed() throws Exception {
        if (!environment().mayWrite()) {
            Checks.fails(ErrorCode.OPERATION_DENIED, "suspend on a read-only connection", () -> domain().suspend());
            return;
        }
        domain().suspend();
        try {
            Checks.same(DomainState.PAUSED, domain().getInfo().state(), "the state of a suspended domain");
        } finally {
            domain().resume();
        }
        DomainState state = domain().getInfo().state();
        Checks.require(state == DomainState.RUNNING || state == DomainState.BLOCKED, "a resumed domain is " + state);
    }

    @Test
    @Rule(
            value = "7.3",
            look = "what each look-up and operation does with a run that has ended: NO_DOMAIN, naming it, also if the"
                    + " same guest runs again")
    public final void aDomainThatEndedIsGone() throws Exception {
        Domain ended = domain();
        endDomain();
        awaitGone(ended);
        Checks.require(
                connection().findDomainById(ended.id()).isEmpty(),
                "it is found by its id after it has ended: " + ended);
        if (connection().supports(Operation.DOMAIN_GET_CPU_STATS)) {
            TypedParameters params = TypedParameters.allocate(1);
            requireNoDomain(ended, () -> ended.getCpuStats(params, 1, -1, 1, 0));
            Checks.require(!params.isSet(0), "a domain that has ended has a time");
        }
        if (connection().supports(Operation.DOMAIN_GET_INFO)) {
            requireNoDomain(ended, ended::getInfo);
        }
    }

    private static void requireNoDomain(Domain ended, Checks.Call call) throws Exception {
        HypervisorException error = Checks.fails(ErrorCode.NO_DOMAIN, "a call on " + ended, call);
        String message = String.valueOf(error.getMessage());
        Checks.require(
                message.contains(ended.name()) || message.contains(ended.uuid().toString()),
                "the error does not say which domain: " + message);
    }

    private void awaitGone(Domain ended) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (connection().listDomains().contains(ended)) {
            Checks.require(System.nanoTime() < deadline, ended + " is still listed long after it has ended");
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Test
    @Rule(
            value = "7.4",
            of = Operation.CONNECT_DOMAIN_EVENT_REGISTER,
            look = "which events are reported, and about which run")
    public final void theEndOfADomainIsReported() throws Exception {
        BlockingQueue<DomainEvent> events = new LinkedBlockingQueue<>();
        Subscription subscription = connection().onDomainEvent(events::add);
        endDomain();
        await(DomainEvent.Type.STOPPED, events);
        subscription.close();
    }

    @Test
    @Rule(
            value = "7.5",
            of = {Operation.CONNECT_DOMAIN_EVENT_REGISTER, Operation.DOMAIN_SUSPEND, Operation.DOMAIN_RESUME},
            look = "which events are reported when a domain is suspended and resumed, and in which order")
    public final void suspendingAndResumingAreReportedInTheirOrder() throws Exception {
        if (!environment().mayWrite()) {
            Checks.fails(ErrorCode.OPERATION_DENIED, "resume on a read-only connection", () -> domain().resume());
            return;
        }
        BlockingQueue<DomainEvent> events = new LinkedBlockingQueue<>();
        Subscription subscription = connection().onDomainEvent(events::add);
        domain().suspend();
        try {
            await(DomainEvent.Type.SUSPENDED, events);
        } finally {
            domain().resume();
        }
        await(DomainEvent.Type.RESUMED, events);
        subscription.close();
    }

    /** Waits for an event about the domain; others, and other domains', may come before it. */
    private void await(DomainEvent.Type type, BlockingQueue<DomainEvent> events) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        @Nullable DomainEvent event;
        do {
            event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new AssertionError(
                        "no event of type " + type + " about " + domain() + " came in " + LIMIT_SECONDS + " s");
            }
        } while (event.type() != type || !event.domain().uuid().equals(domain().uuid()));
    }

    @Test
    @Rule(value = "7.6", of = Operation.DOMAIN_DESTROY, look = "what destroy does, and when it comes back")
    public final void aDomainThatIsDestroyedIsGone() throws Exception {
        if (!environment().mayWrite()) {
            Checks.fails(ErrorCode.OPERATION_DENIED, "destroy on a read-only connection", () -> domain().destroy());
            return;
        }
        domain().destroy();
        awaitGone(domain());
    }
}
