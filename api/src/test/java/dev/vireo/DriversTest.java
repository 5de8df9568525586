package dev.vireo;

import static dev.vireo.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.spi.DomainDestroy;
import dev.vireo.spi.DriverTable;
import dev.vireo.spi.HypervisorDriver;
import dev.vireo.spi.OpenResult;
import dev.vireo.spi.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DriversTest {
    private static FakeDriver driver(String name) {
        return new FakeDriver(name, DriverTable.builder().build());
    }

    private static Drivers drivers(FakeDriver... all) {
        // with() replaces a driver of the same class; here all are of one
        Drivers drivers = Drivers.none();
        for (FakeDriver driver : all) {
            drivers = drivers.plus(driver);
        }
        return drivers;
    }

    private static String messageOf(HypervisorException error) {
        return String.valueOf(error.getMessage());
    }

    @Test
    void theSchemePicksTheDriver() {
        try (Connection connection = drivers(driver("a"), driver("b")).open("b:///system")) {
            assertEquals("b", connection.driverName());
            assertTrue(connection.isReadOnly());
        }
    }

    @Test
    void anUnknownSchemeListsDriversAndSchemes() {
        HypervisorException error = assertFails(
                ErrorCode.NO_CONNECT, () -> drivers(driver("a"), driver("b")).open("c:///system"));
        assertTrue(
                messageOf(error).contains("no driver has the scheme 'c'\n  a [a]: not asked\n  b [b]: not asked"),
                messageOf(error));
    }

    @Test
    void twoDriversOfOneSchemeAreAnErrorThatNamesBothWhenItIsOpened() {
        Drivers both = drivers(driver("a"), driver("a"), driver("b"));
        both.open("b:///system").close();
        HypervisorException error = assertFails(ErrorCode.CONFIG_UNSUPPORTED, () -> both.open("a:///system"));
        assertTrue(messageOf(error).contains("has 2 drivers, a ("), messageOf(error));
    }

    @Test
    void withoutAUriTheHighestPriorityThatIsHereIsOpened() {
        Drivers three = drivers(
                driver("low").priority(1).here(),
                driver("absent").priority(9),
                driver("high").priority(5).here());
        assertEquals("high", three.openDefault(null, OpenOptions.defaults()).driverName());
    }

    @Test
    void equalPrioritiesAreAskedByName() {
        Drivers two = drivers(driver("b").here(), driver("a").here());
        assertEquals("a", two.openDefault(null, OpenOptions.defaults()).driverName());
    }

    @Test
    void theDefaultUriWins() {
        Drivers two = drivers(driver("a").here(), driver("b"));
        assertEquals("b", two.openDefault("b:///system", OpenOptions.defaults()).driverName());
        assertEquals("a", two.openDefault("", OpenOptions.defaults()).driverName());
    }

    @Test
    void aDriverThatDeclinesLetsTheNextOneBeAsked() {
        Drivers two = drivers(
                driver("a").here().priority(1).opening(() -> OpenResult.declined("no kvm")),
                driver("b").here());
        assertEquals("b", two.openDefault(null, OpenOptions.defaults()).driverName());
    }

    @Test
    void aDriverThatFailsStopsTheSearch() {
        HypervisorException failure = HypervisorException.of(ErrorCode.ACCESS_DENIED, "a", "no");
        Drivers two = drivers(
                driver("a").here().priority(1).opening(() -> {
                    throw failure;
                }),
                driver("b").here());
        assertSame(failure, assertFails(ErrorCode.ACCESS_DENIED, () -> two.openDefault(null, OpenOptions.defaults())));
    }

    @Test
    void whenNobodyOpensEachDriverIsListedWithItsReason() {
        Drivers four = drivers(
                driver("declining").here().opening(() -> OpenResult.declined("no kvm")),
                driver("blind"),
                driver("late").level(HypervisorDriver.LEVEL + 1),
                driver("broken").probing(() -> {
                    throw new IllegalStateException("oops");
                }));
        String message =
                messageOf(assertFails(ErrorCode.NO_CONNECT, () -> four.openDefault(null, OpenOptions.defaults())));
        assertTrue(message.contains("\n  declining [declining]: declined: no kvm"), message);
        assertTrue(message.contains("\n  blind [blind]: it sees nothing here"), message);
        assertTrue(
                message.contains("\n  late [late]: not usable here: it is of level " + (HypervisorDriver.LEVEL + 1)),
                message);
        assertTrue(message.contains("\n  broken [broken]: broken: java.lang.IllegalStateException: oops"), message);
    }

    @Test
    void aSchemeWhoseDriverDeclinesSaysWhy() {
        Drivers one = drivers(driver("a").opening(() -> OpenResult.declined("no libvirt.so")));
        HypervisorException error = assertFails(ErrorCode.NO_CONNECT, () -> one.open("a:///system"));
        assertTrue(messageOf(error).contains("declined: no libvirt.so"), messageOf(error));
    }

    @Test
    void aDefectInOpenIsAnInternalErrorOfThatDriverAndIsHeard() {
        List<HypervisorException> heard = new ArrayList<>();
        Drivers one = drivers(driver("a").opening(() -> {
            throw new UnsatisfiedLinkError("libfoo");
        }));
        HypervisorException error = assertFails(
                ErrorCode.INTERNAL_ERROR,
                () -> one.open("a:///system", OpenOptions.defaults().errorListener(heard::add)));
        assertEquals("a", error.origin());
        assertEquals(List.of(error), heard);
    }

    @Test
    void aTableWithMoreThanTheDriverDeclaresIsRefusedAndTheSessionClosed() {
        FakeDriver driver = new FakeDriver(
                        "a",
                        DriverTable.builder()
                                .with(Slot.DOMAIN_DESTROY, (DomainDestroy) ref -> {})
                                .build())
                .operations(Set.of());
        HypervisorException error =
                assertFails(ErrorCode.INTERNAL_ERROR, () -> drivers(driver).open("a:///system"));
        assertTrue(messageOf(error).contains("[DOMAIN_DESTROY]"), messageOf(error));
        assertEquals(1, driver.closed.get());
    }

    @Test
    void everyErrorOfOpeningIsHeardOnceAndAListenerThatThrowsReplacesNone() {
        List<HypervisorException> heard = new ArrayList<>();
        OpenOptions options = OpenOptions.defaults().errorListener(error -> {
            heard.add(error);
            throw error;
        });
        HypervisorException error =
                assertFails(ErrorCode.NO_CONNECT, () -> drivers(driver("a")).open("b:x", options));
        assertEquals(List.of(error), heard);
        assertFails(ErrorCode.NO_CONNECT, () -> drivers(driver("a")).openDefault(null, options));
        assertEquals(2, heard.size());
    }

    @Test
    void noDriverAtAllIsSaid() {
        HypervisorException error =
                assertFails(ErrorCode.NO_CONNECT, () -> Drivers.none().open("a:///system"));
        assertTrue(messageOf(error).contains("no driver is installed"), messageOf(error));
    }

    @Test
    void aDriverHandedOverTakesThePlaceOfTheInstalledOne() {
        FakeDriver first = driver("a");
        FakeDriver second = driver("b");
        assertEquals(1, Drivers.none().with(first).with(second).list().size());
    }

    @Test
    void aDriverWithoutANameIsListedWithTheReasonAndHarmsNobody() {
        List<InstalledDriver> two = drivers(driver(null), driver("a")).list();
        assertEquals(2, two.size());
        assertTrue(two.toString().contains("its name is null"), two::toString);
    }
}
