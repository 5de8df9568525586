package dev.vireo.tck;

import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Group 2: lists and look-ups. */
abstract class LookUpRules extends OpeningRules {
    private static final String NO_NAME = "no domain has this name";
    private static final UUID NO_UUID = UUID.fromString("ffffffff-ffff-4fff-bfff-ffffffffffff");

    LookUpRules() {}

    @Test
    @Rule(value = "2.1", look = "listDomains()")
    public final void runningDomainsAreListedOnceEachWithAnId() {
        List<Domain> domains = connection().listDomains();
        Set<Integer> ids = new HashSet<>();
        for (Domain listed : domains) {
            Checks.require(listed.id() >= 0, listed + " is listed as running and has no id");
            Checks.require(ids.add(listed.id()), listed + " has the id of another one: " + domains);
        }
        Checks.require(domains.contains(domain()), domain() + " is not listed: " + domains);
    }

    @Test
    @Rule(value = "2.2", look = "findById(), findByUuid(), findByName(), and equals() of the driver's DomainRef")
    public final void aListedDomainIsFoundByIdUuidAndName() {
        Domain listed = domain();
        Checks.same(Optional.of(listed), connection().findDomainById(listed.id()), "the domain of the id");
        Checks.same(Optional.of(listed), connection().findDomainByUuid(listed.uuid()), "the domain of the uuid");
        Checks.same(Optional.of(listed), connection().findDomainByName(listed.name()), "the domain of the name");
    }

    @Test
    @Rule(value = "2.3", look = "what findById(), findByUuid() and findByName() answer for what is not there")
    public final void whatIsNotThereIsNotFound() throws Exception {
        Checks.same(Optional.empty(), connection().findDomainById(Integer.MAX_VALUE), "the domain of an unknown id");
        Checks.same(Optional.empty(), connection().findDomainByUuid(NO_UUID), "the domain of an unknown uuid");
        Checks.same(Optional.empty(), connection().findDomainByName(NO_NAME), "the domain of an unknown name");
        for (String near : List.of(name() + "x", name().substring(0, name().length() - 1), otherCase(name()))) {
            Checks.same(name().equals(near), foundNamed(near), "whether '" + near + "' finds '" + name() + "'");
        }
        for (UUID near : List.of(
                new UUID(uuid().getMostSignificantBits() ^ 1, uuid().getLeastSignificantBits()),
                new UUID(uuid().getMostSignificantBits(), uuid().getLeastSignificantBits() ^ 1))) {
            Checks.require(
                    connection().findDomainByUuid(near).filter(domain()::equals).isEmpty(),
                    near + " finds " + domain() + ", whose uuid is another");
        }
        HypervisorException error = Checks.fails(
                ErrorCode.NO_DOMAIN, "an unknown name", () -> connection().getDomainByName(NO_NAME));
        Checks.require(String.valueOf(error.getMessage()).contains(NO_NAME), "the name is not in: " + error);
    }

    private String name() {
        return domain().name();
    }

    private UUID uuid() {
        return domain().uuid();
    }

    /** Tells whether a name finds this domain; another one may have it, or several. */
    private boolean foundNamed(String name) {
        try {
            return connection().findDomainByName(name).filter(domain()::equals).isPresent();
        } catch (HypervisorException several) {
            Checks.same(ErrorCode.MULTIPLE_DOMAINS, several.code(), "the error of looking for '" + name + "'");
            return false;
        }
    }

    private static String otherCase(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
    }

    @Test
    @Rule(value = "2.4", look = "equals() and hashCode() of the driver's DomainRef")
    public final void aRunOfAGuestIsTheSameDomainInEachList() {
        Domain again = domainOf(connection());
        Checks.same(domain(), again, "the domain in a second list");
        Checks.same(domain().hashCode(), again.hashCode(), "its hash code");
    }
}
