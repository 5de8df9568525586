package dev.vireo.tck;

import dev.vireo.Domain;
import dev.vireo.DomainEvent;
import dev.vireo.DomainInfo;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Operation;
import dev.vireo.Reading;
import dev.vireo.Subscription;
import dev.vireo.TypedParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Group 7: domains that pause and end, and what is told of it. */
abstract class LifeCycleRules extends NodeRules {
    private static final long LIMIT_SECONDS = 5;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);

    LifeCycleRules() {}

    @Test
    @Rule(
            value = "7.1",
            of = Operation.DOMAIN_GET_INFO,
            look = "the state, the number of vCPUs, KiB of memory, and the time, which is the total's")
    public final void aRunningDomainIsRunning() throws Exception {
        DomainInfo info = domain().getInfo();
        Checks.require(
                info.state() == DomainState.RUNNING || info.state() == DomainState.BLOCKED,
                "the domain runs, and its state is " + info.state());
        Checks.require(
                !info.vcpus().isAvailable() || info.vcpus().value() >= 1, "the domain has " + info.vcpus() + " vCPUs");
        if (info.memoryKib().isAvailable() && info.maxMemoryKib().isAvailable()) {
            Checks.require(
                    info.memoryKib().value() <= info.maxMemoryKib().value(),
                    "the domain has " + info.memoryKib() + " KiB of memory of " + info.maxMemoryKib());
        }
        if (connection().supports(Operation.DOMAIN_GET_CPU_STATS)) {
            Checks.soon(this::requireThatInfoTellsTheTotal);
        }
    }

    private void requireThatInfoTellsTheTotal() {
        long before = totals()[0];
        Reading time = domain().getInfo().cpuTimeNanos();
        long after = totals()[0];
        Checks.require(
                !time.isAvailable() || (time.value() >= before - grainNanos() && time.value() <= after + grainNanos()),
                "the domain's info tells a time of " + time + ", the totals " + before + " before and " + after
                        + " after");
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
            domain().suspend(); // a second time changes nothing
            Checks.same(DomainState.PAUSED, domain().getInfo().state(), "the state of a suspended domain");
            if (connection().supports(Operation.DOMAIN_GET_CPU_STATS)) {
                requireThatItUsesNothing();
            }
        } finally {
            domain().resume();
        }
        domain().resume();
        DomainState state = domain().getInfo().state();
        Checks.require(state == DomainState.RUNNING || state == DomainState.BLOCKED, "a resumed domain is " + state);
    }

    /** Looks for as long as a domain that runs would take to show. */
    private void requireThatItUsesNothing() {
        long end = System.nanoTime() + environment().load().toNanos();
        long before = totals()[0];
        long used = 0;
        while (System.nanoTime() < end) {
            used = totals()[0] - before;
        }
        Checks.require(
                used <= environment().load().toNanos() / 4,
                "in " + environment().load() + " a suspended domain used " + used + " ns");
    }

    @Test
    @Rule(value = "7.3", look = "what each look-up and operation does with a run that has ended: NO_DOMAIN, naming it")
    public final void aDomainThatEndedIsGone() throws Exception {
        Domain ended = domain();
        endDomain();
        awaitGone(ended);
        Checks.require(
                connection().findDomainById(ended.id()).isEmpty(),
                "it is found by its id after it has ended: " + ended);
        requireGoneForEachOperation(ended);
    }

    private void requireGoneForEachOperation(Domain ended) throws Exception {
        for (Operation operation : connection().operations()) {
            if (operation.subject() == Operation.Subject.DOMAIN
                    && (environment().mayWrite() || operation.access() == Operation.Access.READS)) {
                requireNoDomain(operation, ended);
            }
        }
        if (connection().supports(Operation.DOMAIN_GET_CPU_STATS)) {
            TypedParameters params = TypedParameters.allocate(1);
            Checks.fails(ErrorCode.NO_DOMAIN, "a reading of " + ended, () -> ended.getCpuStats(params, 1, -1, 1, 0));
            Checks.require(!params.isSet(0), "a domain that has ended has a time");
        }
    }

    @Test
    @Rule(
            value = "7.7",
            look =
                    "equals() of the driver's DomainRef, and what calls look at: the run, and not the guest's uuid alone")
    public final void aGuestThatRunsAgainIsAnotherDomain() throws Exception {
        Environment.Intervention restart = environment()
                .restart()
                .orElseThrow(() -> untested("a guest cannot be started again here; Environment.withRestart(…)"));
        Domain ended = domain();
        endDomain();
        awaitGone(ended);
        intervene("withRestart(…)", restart, ended);
        Domain again = awaitListed(ended.uuid());
        Checks.require(!again.equals(ended), "the second run of a guest is equal to the first one: " + again);
        for (Operation operation : connection().operations()) {
            if (operation.subject() == Operation.Subject.DOMAIN && operation.access() == Operation.Access.READS) {
                requireNoAnswer(operation, ended);
            }
        }
        if (connection().supports(Operation.DOMAIN_GET_CPU_STATS)) {
            again.getCpuStats(TypedParameters.allocate(1), 1, -1, 1, 0);
        }
    }

    /** Which error it is, rule 7.3 sees to. */
    private void requireNoAnswer(Operation operation, Domain ended) {
        try {
            OperationCalls.call(operation, connection(), ended);
        } catch (HypervisorException gone) {
            return;
        }
        throw new AssertionError(operation + " of the run that ended is answered: " + ended);
    }

    private Domain awaitListed(UUID uuid) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (true) {
            for (Domain listed : connection().listDomains()) {
                if (listed.uuid().equals(uuid)) {
                    return listed;
                }
            }
            Checks.require(System.nanoTime() < deadline, uuid + " was started again and is not listed");
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Test
    @Rule(
            value = "7.8",
            of = Operation.DOMAIN_GET_CPU_STATS,
            look = "what is answered for a domain that is known and does not run: OPERATION_INVALID, and no number")
    public final void aDomainThatDoesNotRunHasNoTimes() throws Exception {
        String name = environment()
                .inactiveDomain()
                .orElseThrow(() -> untested("no domain is known that does not run; Environment.withInactiveDomain(…)"));
        Domain inactive = connection().getDomainByName(name);
        Checks.same(-1, inactive.id(), "the id of a domain that does not run");
        Checks.require(!connection().listDomains().contains(inactive), inactive + " does not run and is listed");
        TypedParameters params = TypedParameters.allocate(1);
        Checks.fails(ErrorCode.OPERATION_INVALID, "a reading", () -> inactive.getCpuStats(params, 1, -1, 1, 0));
        Checks.require(!params.isSet(0), "a domain that does not run has a time");
        if (environment().mayWrite() && connection().supports(Operation.DOMAIN_SUSPEND)) {
            Checks.fails(ErrorCode.OPERATION_INVALID, "suspending it", inactive::suspend);
        }
        if (environment().mayWrite() && connection().supports(Operation.DOMAIN_DESTROY)) {
            Checks.fails(ErrorCode.OPERATION_INVALID, "destroying it", inactive::destroy);
        }
    }

    private void requireNoDomain(Operation operation, Domain ended) throws Exception {
        HypervisorException error = Checks.fails(
                ErrorCode.NO_DOMAIN,
                operation + " of " + ended,
                () -> OperationCalls.call(operation, connection(), ended));
        String message = String.valueOf(error.getMessage());
        Checks.require(
                message.contains(ended.name()) || message.contains(ended.uuid().toString()),
                "the error does not say which domain: " + message);
    }

    final void awaitGone(Domain ended) throws InterruptedException {
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
        await(DomainEvent.Type.STOPPED, events, new ArrayList<>());
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
        List<DomainEvent.Type> seen = new ArrayList<>();
        domain().suspend();
        try {
            await(DomainEvent.Type.SUSPENDED, events, seen);
        } finally {
            domain().resume();
        }
        await(DomainEvent.Type.RESUMED, events, seen);
        subscription.close();
        events.stream().filter(this::isOurs).map(DomainEvent::type).forEach(seen::add);
        seen.retainAll(Set.of(DomainEvent.Type.SUSPENDED, DomainEvent.Type.RESUMED));
        Checks.same(
                List.of(DomainEvent.Type.SUSPENDED, DomainEvent.Type.RESUMED), seen, "what was reported of the domain");
    }

    /** Waits for an event about the domain; others of it, which are kept, and other domains' may come before it. */
    private void await(DomainEvent.Type type, BlockingQueue<DomainEvent> events, List<DomainEvent.Type> seen)
            throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!seen.contains(type)) {
            DomainEvent event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new AssertionError("no event of type " + type + " about " + domain() + " came in " + LIMIT_SECONDS
                        + " s, but " + seen);
            }
            if (isOurs(event)) {
                seen.add(event.type());
            }
        }
    }

    private boolean isOurs(DomainEvent event) {
        return event.type() != DomainEvent.Type.EVENTS_LOST
                && event.domain().uuid().equals(domain().uuid());
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
