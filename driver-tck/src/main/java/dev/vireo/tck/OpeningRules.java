package dev.vireo.tck;

import dev.vireo.Connection;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.InstalledDriver;
import dev.vireo.OpenOptions;
import dev.vireo.spi.HypervisorDriver;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Group 1: what a driver says of itself, and how it opens. */
abstract class OpeningRules extends ContractScene {
    private static final String UNKNOWN_OPTION = "no-driver-has-this-option";

    OpeningRules() {}

    @Test
    @Rule(value = "1.1", look = "name(), uriSchemes(), level() and operations() of the driver")
    public final void theDriverDescribesItself() {
        InstalledDriver driver = freshOpening().description();
        Checks.require(driver.problem().isEmpty(), "the driver cannot be used: " + driver.problem());
        Checks.require(!driver.name().isBlank(), "the driver's name is blank");
        for (String scheme : driver.uriSchemes()) {
            Checks.same(scheme.toLowerCase(Locale.ROOT), scheme, "the scheme");
        }
        Checks.require(
                driver.level() >= 1 && driver.level() <= HypervisorDriver.LEVEL,
                "the level is " + driver.level() + "; level() ought to be 'return LEVEL;'");
        Checks.require(
                driver.operations().containsAll(connection().operations()),
                "a connection has operations that operations() does not declare");
        Checks.same(driver.name(), connection().driverName(), "the connection's driver");
    }

    /** Returns the URI with an option that no driver has. */
    final String wrongUri() {
        String uri = freshOpening().uri();
        return uri + (uri.contains("?") ? "&" : "?") + UNKNOWN_OPTION + "=1";
    }

    @Test
    @Rule(value = "1.2", look = "how open() reads the URI's query: UriOptions.read refuses what it does not know")
    public final void anUnknownOptionIsRefusedByName() throws Exception {
        String wrong = wrongUri();
        HypervisorException refused = Checks.fails(
                ErrorCode.INVALID_ARG,
                "opening '" + wrong + "'",
                () -> freshOpening().open(wrong).close());
        Checks.require(
                String.valueOf(refused.getMessage()).contains(UNKNOWN_OPTION),
                "the error does not name the option: " + refused.getMessage());
    }

    @Test
    @Rule(value = "1.3", look = "what sessions share: static fields, native handles, files")
    public final void oneConnectionClosesAndTheOtherGoesOn() {
        try (Connection other = freshOpening().open(OpenOptions.defaults())) {
            Checks.same(domain().uuid(), domainOf(other).uuid(), "the domain of a second connection");
        }
        Checks.require(connection().isAlive(), "the first connection is not alive after the second one's close");
        Checks.same(domain().uuid(), domainOf(connection()).uuid(), "the domain after the second one's close");
    }
}
