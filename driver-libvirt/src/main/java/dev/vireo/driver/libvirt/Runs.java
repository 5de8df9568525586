package dev.vireo.driver.libvirt;

import dev.vireo.DomainRef;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.driver.libvirt.binding.DomainLookups;
import dev.vireo.driver.libvirt.binding.LastError;
import dev.vireo.driver.libvirt.binding.NativeDomain;
import java.util.Optional;

/**
 * Keeps to the rule that a domain is one run of a guest. libvirt finds domains by uuid and answers for whichever run is
 * the present one, so the id is compared when an event or an error gives reason to. Thread-safe.
 */
final class Runs {
    private final DomainLookups lookups;
    private final Calls calls;

    Runs(DomainLookups lookups, Calls calls) {
        this.lookups = lookups;
        this.calls = calls;
    }

    /** Returns a domain whose run goes on, as far as is known, and that libvirt can be asked about. */
    LibvirtDomain require(DomainRef ref) {
        LibvirtDomain domain = (LibvirtDomain) ref;
        if (domain.isDoubtful() || !domain.hasHandle()) {
            compare(domain);
        }
        if (domain.hasEnded()) {
            throw ended(domain, "");
        }
        return domain;
    }

    /** Returns what a call about a domain failed with: that the run has ended, if that is why. */
    HypervisorException failed(LibvirtDomain domain, HypervisorException error) {
        calls.failed(error);
        if (error.code() == ErrorCode.NO_DOMAIN) {
            domain.end();
        } else if (error.code() == ErrorCode.OPERATION_INVALID && domain.id() >= 0) {
            compare(domain);
            return domain.hasEnded() ? ended(domain, " (" + error.getMessage() + ")") : error;
        }
        return error;
    }

    /**
     * Returns why one number is missing. An error that concerns all of them, or the domain as a whole, is thrown.
     *
     * @param error what asking for the number failed with
     */
    String reason(HypervisorException error) {
        boolean isOfAll = switch (error.code()) {
            case NO_DOMAIN, OPERATION_TIMEOUT -> true;
            default -> !calls.isAlive();
        };
        if (isOfAll) {
            throw error;
        }
        return String.valueOf(error.getMessage());
    }

    private void compare(LibvirtDomain domain) {
        // an event that comes meanwhile, or a look-up that fails, leaves it doubtful
        int doubts = domain.doubts();
        Optional<NativeDomain> present = calls.run(
                "the look-up of domain " + domain,
                () -> Optional.ofNullable(lookups.byUuid(domain.uuid())),
                late -> late.ifPresent(NativeDomain::close));
        if (present.isPresent() && present.get().identity().isSameRun(domain.identity())) {
            domain.setHandle(present.get());
            domain.settle(doubts);
        } else {
            domain.end();
            present.ifPresent(NativeDomain::close);
        }
    }

    static HypervisorException ended(LibvirtDomain domain, String why) {
        String run = domain.id() < 0 ? "it was started since" : "its run has ended";
        return HypervisorException.of(
                ErrorCode.NO_DOMAIN, LastError.ORIGIN, "domain " + domain + ": " + run + "; look it up again" + why);
    }
}
