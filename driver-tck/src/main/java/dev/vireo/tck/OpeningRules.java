package dev.vireo.tck;

import dev.vireo.Connection;
import dev.vireo.ConnectionUri;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.InstalledDriver;
import dev.vireo.Operation;
import dev.vireo.TypedParameters;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Group 1: what a driver says of itself, and how it opens. */
abstract class OpeningRules extends ContractScene {
    private static final String UNKNOWN_OPTION = "no-driver-has-this-option";

    OpeningRules() {}

    /** Without a driver that can be used no test can begin. */
    static void requireUsable(InstalledDriver driver) {
        Checks.require(
                driver.problem().isEmpty(),
                "rule 1.1 is broken: the driver cannot be used: "
                        + driver.problem().orElse("")
                        + "\n  look at: level(), which ought to be 'return LEVEL;', and what else describes the driver");
    }

    @Test
    @Rule(value = "1.1", look = "name(), uriSchemes(), level() and operations() of the driver")
    public final void theDriverDescribesItself() {
        InstalledDriver driver = freshOpening().description(); // which can be used, or no test begins
        Checks.require(
                driver.operations().containsAll(connection().operations()),
                "a connection has operations that operations() does not declare");
        Checks.same(driver.name(), connection().driverName(), "the connection's driver");
    }

    private void readTotals() {
        if (connection().supports(Operation.DOMAIN_GET_CPU_STATS)) {
            domain().getCpuStats(TypedParameters.allocate(3), 3, -1, 1, 0);
        }
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
                () -> freshOpening().at(wrong).open().close());
        Checks.require(
                String.valueOf(refused.getMessage()).contains(UNKNOWN_OPTION),
                "the error does not name the option: " + refused.getMessage());
    }

    @Test
    @Rule(value = "1.4", look = "table(): what the driver cannot do is left out of it")
    public final void eachOperationThatIsNotInTheTableAnswersSo() throws Exception {
        for (Operation operation : Operation.values()) {
            if (!connection().supports(operation)) {
                Absence.require(operation, this);
            }
        }
    }

    @Test
    @Rule(value = "1.3", look = "what sessions share: static fields, native handles, files")
    public final void oneConnectionClosesAndTheOtherGoesOn() {
        readTotals();
        try (Connection other = freshOpening().open()) {
            Checks.same(domain().uuid(), domainOf(other).uuid(), "the domain of a second connection");
        }
        Checks.require(connection().isAlive(), "the first connection is not alive after the second one's close");
        Checks.same(domain().uuid(), domainOf(connection()).uuid(), "the domain after the second one's close");
        readTotals();
    }

    @Test
    @Rule(value = "1.5", look = "OpenResult.declined(…), and its reason: what is missing here, and what to do about it")
    public final void anOpeningThatIsDeclinedSaysWhy() throws Exception {
        Opening declined = environment()
                .declined()
                .orElseThrow(
                        () -> untested("no opening is known that the driver declines; Environment.withDeclined(…)"));
        HypervisorException error = Checks.fails(
                ErrorCode.NO_CONNECT,
                "opening '" + declined.uri() + "'",
                () -> declined.open().close());
        String message = String.valueOf(error.getMessage());
        int reason = message.indexOf("declined: ");
        Checks.require(reason >= 0, "the driver failed and did not decline: " + message);
        Checks.require(
                !message.substring(reason + "declined: ".length()).isBlank(),
                "the driver declined without a reason: " + message);
    }

    @Test
    @Rule(
            value = "1.6",
            look = "what open() throws: a code of its own, and a message that says what could not be opened")
    public final void anOpeningThatFailsSaysWhatCouldNotBeOpened() throws Exception {
        Opening failing = environment()
                .failing()
                .orElseThrow(() -> untested("no opening is known that fails; Environment.withFailing(…)"));
        try {
            failing.open().close();
        } catch (HypervisorException error) {
            Checks.require(
                    error.code() != ErrorCode.INTERNAL_ERROR,
                    "opening '" + failing.uri() + "' fails with INTERNAL_ERROR: " + error.getMessage());
            Checks.require(
                    namesPartOf(failing.uri(), String.valueOf(error.getMessage())),
                    "the error does not say what of '" + failing.uri() + "' could not be opened: "
                            + error.getMessage());
            return;
        }
        throw new AssertionError("opening '" + failing.uri() + "' ought to fail and does not");
    }

    /** Tells whether something of the URI is named behind its scheme: a hypervisor may be told no more than a path. */
    private static boolean namesPartOf(String uri, String message) {
        return Stream.of(uri.split("[:?&=]"))
                .skip(1)
                .map(part -> part.replaceFirst("^/+", ""))
                .anyMatch(part -> part.length() > 2 && message.contains(part));
    }

    @Test
    @Rule(value = "1.7", look = "probe(): it finds what is here or nothing, throws never, and loads no native code")
    public final void aProbeFindsWhatTheDriverOpensOrNothing() {
        Optional<ConnectionUri> found = freshOpening().probe();
        found.ifPresent(uri -> Checks.require(
                freshOpening().description().uriSchemes().contains(uri.scheme()),
                "probe() answers '" + uri + "', which is not of the driver's schemes"));
    }
}
