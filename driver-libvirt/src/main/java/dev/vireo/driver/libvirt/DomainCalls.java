package dev.vireo.driver.libvirt;

import dev.vireo.DomainInfo;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.Reading;
import dev.vireo.driver.libvirt.binding.NativeDomain;
import java.lang.ref.Reference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.libvirt.jna.virDomainInfo;

/** What a domain is, and its life cycle. Thread-safe. */
final class DomainCalls {
    private static final String NOT_RUNNING = "the domain is not running";

    private final Runs runs;
    private final Calls calls;
    private final SideConnections sides;

    DomainCalls(Runs runs, Calls calls, SideConnections sides) {
        this.runs = runs;
        this.calls = calls;
        this.sides = sides;
    }

    DomainInfo info(DomainRef ref) {
        virDomainInfo info = call("getInfo", runs.require(ref), NativeDomain::info);
        DomainState state = DomainState.ofNumber(info.state);
        return new DomainInfo(
                state,
                Reading.of(info.maxMem.longValue()),
                Reading.of(info.memory.longValue()),
                Reading.of(Short.toUnsignedLong(info.nrVirtCpu)),
                state == DomainState.SHUTOFF ? Reading.unavailable(NOT_RUNNING) : Reading.of(info.cpuTime));
    }

    void suspend(DomainRef ref) {
        change("suspend", ref, NativeDomain::suspend, DomainState.PAUSED);
    }

    void resume(DomainRef ref) {
        change("resume", ref, NativeDomain::resume, DomainState.RUNNING);
    }

    void destroy(DomainRef ref) {
        LibvirtDomain domain = runs.require(ref);
        run("destroy", domain, NativeDomain::destroy);
        domain.end();
    }

    /** libvirt's drivers do not agree on what to say of a domain that is already as it should be. */
    private void change(String what, DomainRef ref, Consumer<NativeDomain> change, DomainState wanted) {
        LibvirtDomain domain = runs.require(ref);
        try {
            run(what, domain, change);
        } catch (HypervisorException error) {
            if (error.code() != ErrorCode.OPERATION_INVALID || stateOf(domain) != wanted) {
                throw error;
            }
        }
    }

    private DomainState stateOf(LibvirtDomain domain) {
        return DomainState.ofNumber(call("getInfo", domain, NativeDomain::info).state);
    }

    /** A change may wait for the guest, so that it gets a connection of its own. */
    private void run(String what, LibvirtDomain domain, Consumer<NativeDomain> body) {
        Function<NativeDomain, LibvirtDomain> change = handle -> {
            body.accept(handle);
            return domain;
        };
        call(what, domain, () -> sides.ask(sides.take(), domain, change));
    }

    /** Asks libvirt about a domain. */
    <R> R call(String what, LibvirtDomain domain, Function<NativeDomain, R> body) {
        return call(what, domain, () -> body.apply(domain.handle()));
    }

    private <R> R call(String what, LibvirtDomain domain, Supplier<R> body) {
        try {
            return calls.run(what + " of domain " + domain, body);
        } catch (HypervisorException error) {
            throw runs.failed(domain, error);
        } finally {
            Reference.reachabilityFence(domain);
        }
    }
}
