package dev.vireo;

import static dev.vireo.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.spi.DriverTable;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookUpTest {
    private final FakeDriver driver = FakeDriver.with(DriverTable.builder());
    private final Connection connection = driver.connect();

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    void aDomainIsFoundByNameIdAndUuid() {
        Domain domain = connection.getDomainByName("one");
        assertEquals(domain, connection.getDomainById(1));
        assertEquals(domain, connection.getDomainByUuid(domain.uuid()));
        assertEquals(java.util.List.of(domain), connection.listDomains());
    }

    @Test
    void whatIsNotThereIsEmptyOrNoDomain() {
        assertEquals(Optional.empty(), connection.findDomainByName("two"));
        assertEquals(Optional.empty(), connection.findDomainById(2));
        assertEquals(Optional.empty(), connection.findDomainByUuid(new UUID(0, 0)));
        assertFails(ErrorCode.NO_DOMAIN, () -> connection.getDomainById(2));
        assertFails(ErrorCode.NO_DOMAIN, () -> connection.getDomainByUuid(new UUID(0, 0)));
    }

    @Test
    void theNearestNameIsSuggested() {
        driver.domains.add(FakeDriver.Ref.named(2, "webserver"));
        HypervisorException error = assertFails(ErrorCode.NO_DOMAIN, () -> connection.getDomainByName("WebServr"));
        assertEquals(
                "Domain not found: no domain with matching name 'WebServr' on fake:///system; did you mean 'webserver'?",
                error.getMessage());
    }

    @Test
    void aNameThatResemblesNothingGetsNoSuggestion() {
        HypervisorException error = assertFails(ErrorCode.NO_DOMAIN, () -> connection.getDomainByName("zzzzzz"));
        assertFalse(error.getMessage().contains("did you mean"), error.getMessage());
    }

    @Test
    void twoDomainsOfOneNameAreListed() {
        driver.domains.add(FakeDriver.Ref.named(2, "one"));
        HypervisorException error = assertFails(ErrorCode.MULTIPLE_DOMAINS, () -> connection.getDomainByName("one"));
        assertTrue(error.getMessage().contains("id 1"), error.getMessage());
        assertTrue(error.getMessage().contains("id 2"), error.getMessage());
    }

    @Test
    void aNullIsAnOrdinaryNullPointerException() {
        assertThrows(NullPointerException.class, () -> connection.getDomainByName(null));
        assertThrows(NullPointerException.class, () -> connection.supports(null));
    }

    @Test
    void distancesAreThoseOfLevenshtein() {
        assertEquals(0, NearestName.distance("a", "A"));
        assertEquals(3, NearestName.distance("kitten", "sitting"));
        assertEquals(3, NearestName.distance("", "abc"));
    }
}
