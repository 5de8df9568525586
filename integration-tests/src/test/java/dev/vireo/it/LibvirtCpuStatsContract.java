package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.CpuStats;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.ErrorLevel;
import dev.vireo.HypervisorException;
import dev.vireo.ParameterType;
import dev.vireo.TypedParameters;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the two tables of {@code getCpuStats}, answered by the real libvirt for real guests of QEMU. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LibvirtCpuStatsContract {
    /** Far more than an answer that needs nobody takes, far less than for ever. */
    private static final Duration AT_ONCE = Duration.ofSeconds(20);

    private static final int FROM_CGROUP = 54;
    private static final int FROM_DOMAIN = 20;

    /** Where a guest's vCPUs run. */
    enum Accelerator {
        FASTEST {
            @Override
            GuestSpec of(GuestSpec spec) {
                return spec;
            }
        },
        EMULATED {
            @Override
            GuestSpec of(GuestSpec spec) {
                return spec.emulated();
            }
        };

        abstract GuestSpec of(GuestSpec spec);
    }

    private final LibvirtScene scene;
    private final LibvirtHierarchy hierarchy;
    private Map<Accelerator, LibvirtGuest> guests;
    private Connection connection;

    LibvirtCpuStatsContract(LibvirtScene scene, LibvirtHierarchy hierarchy) {
        this.scene = scene;
        this.hierarchy = hierarchy;
    }

    @BeforeAll
    final void startGuests() throws IOException {
        GuestSpec busy = GuestSpec.of(GuestRom.SPINS);
        GuestSpec emulated = GuestSpec.of(GuestRom.IDLES).withVcpus(2).emulated();
        guests = Map.of(Accelerator.FASTEST, scene.start(busy), Accelerator.EMULATED, scene.start(emulated));
        connection = scene.connect();
    }

    @AfterAll
    final void closeConnection() {
        if (connection != null) {
            connection.close();
        }
    }

    final Domain domain(Accelerator accelerator) {
        return connection.getDomainByName(guests.get(accelerator).name());
    }

    final LibvirtGuest guest(Accelerator accelerator) {
        return guests.get(accelerator);
    }

    final Domain domain() {
        return domain(Accelerator.FASTEST);
    }

    @ParameterizedTest
    @EnumSource
    final void aTotalHasThreeStatistics(Accelerator accelerator) {
        assertEquals(3, domain(accelerator).getCpuStats(null, 0, -1, 1, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000_000})
    final void thereAreAsManyCpusAsIdsWhateverTheStart(int start) {
        assertEquals(HostCpus.ids(), domain().getCpuStats(null, 0, start, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000_000})
    final void aCpuHasTwoStatisticsWhateverTheStart(int start) {
        assertEquals(2, domain().getCpuStats(null, 0, start, 1, 0));
        assertEquals(2, domain().getCpuStats(null, 0, start, 128, 0));
    }

    @ParameterizedTest
    @EnumSource
    final void theTotalsLieBetweenTwoReadingsOfVirsh(Accelerator accelerator) {
        TypedParameters totals = TypedParameters.allocate(3);
        Domain domain = domain(accelerator);
        Map<String, Long> before = PrintedStats.parse(guest(accelerator).printedByVirsh("--total"));
        assertEquals(3, domain.getCpuStats(totals, 3, -1, 1, 0));
        Map<String, Long> after = PrintedStats.parse(guest(accelerator).printedByVirsh("--total"));
        List<String> names = List.of("cpu_time", "user_time", "system_time");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            assertEquals(name, totals.name(i));
            assertEquals(ParameterType.ULLONG, totals.type(i));
            assertBetween(name, before.get("Total/" + name), totals.unsignedLong(i), after.get("Total/" + name));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    final void fewerEntriesThanStatisticsGetTheFirstOfThem(int nparams) {
        TypedParameters totals = TypedParameters.allocate(3);
        assertEquals(nparams, domain().getCpuStats(totals, nparams, -1, 1, 0));
        for (int i = 0; i < 3; i++) {
            assertEquals(i < nparams, totals.isSet(i));
        }
    }

    @Test
    final void moreEntriesThanStatisticsStayClear() {
        TypedParameters totals = TypedParameters.allocate(16);
        fill(totals);
        assertEquals(3, domain().getCpuStats(totals, 16, -1, 1, 0));
        for (int i = 0; i < 16; i++) {
            assertEquals(i < 3, totals.isSet(i));
        }
    }

    @Test
    final void aStartPastTheLastCpuIsAnInvalidArgumentAsLibvirtSaysIt() {
        TypedParameters params = filled(2);
        HypervisorException refused =
                assertThrows(HypervisorException.class, () -> domain().getCpuStats(params, 2, HostCpus.ids(), 1, 0));
        int last = HostCpus.ids() - 1;
        assertReported(
                ErrorCode.INVALID_ARG,
                FROM_CGROUP,
                "invalid argument: start_cpu " + HostCpus.ids() + " larger than maximum of " + last,
                refused);
        assertFalse(params.isSet(0));
    }

    @Test
    final void aDomainThatDoesNotRunIsAnInvalidOperation() throws IOException {
        LibvirtGuest defined = scene.define(GuestSpec.of(GuestRom.IDLES));
        Domain domain = connection.getDomainByName(defined.name());
        HypervisorException refused =
                assertThrows(HypervisorException.class, () -> domain.getCpuStats(null, 0, -1, 1, 0));
        assertReported(
                ErrorCode.OPERATION_INVALID,
                FROM_DOMAIN,
                "Requested operation is not valid: domain is not running",
                refused);
        assertEquals(-1, domain.id());
    }

    @Test
    final void aDomainThatWasUndefinedBetweenLookUpAndCallIsNoDomain() throws IOException {
        LibvirtGuest defined = scene.define(GuestSpec.of(GuestRom.IDLES));
        Domain domain = connection.getDomainByName(defined.name());
        defined.undefine();
        HypervisorException gone = assertThrows(HypervisorException.class, () -> domain.getCpuStats(null, 0, -1, 1, 0));
        assertEquals(ErrorCode.NO_DOMAIN, gone.code(), gone::getMessage);
        assertTrue(connection.findDomainByName(defined.name()).isEmpty());
    }

    @Test
    final void aGuestThatEndedBetweenLookUpAndCallIsNoDomain() throws IOException {
        LibvirtGuest guest = scene.start(GuestSpec.of(GuestRom.IDLES));
        Domain domain = connection.getDomainByName(guest.name());
        guest.destroy();
        TypedParameters totals = filled(3);
        HypervisorException gone =
                assertThrows(HypervisorException.class, () -> domain.getCpuStats(totals, 3, -1, 1, 0));
        assertEquals(ErrorCode.NO_DOMAIN, gone.code(), gone::getMessage);
        assertFalse(totals.isSet(0));
    }

    @Test
    final void whatTheWrapperRefusesDoesNotReachLibvirt() throws IOException {
        Domain domain = domain();
        scene.daemon().stop();
        try {
            for (RefusedCall call : RefusedCall.values()) {
                HypervisorException refused = assertTimeoutPreemptively(
                        AT_ONCE,
                        () -> assertThrows(HypervisorException.class, () -> call.on(domain), call::toString),
                        call::toString);
                assertEquals(ErrorCode.INVALID_ARG, refused.code(), refused::getMessage);
                assertEquals(OptionalInt.empty(), refused.libvirtDomain(), call::toString);
            }
        } finally {
            scene.daemon().resume();
        }
    }

    @Test
    final void perCpuTimesAreThereOrLibvirtSaysWhyNot() {
        if (hierarchy.tellsCpus()) {
            TypedParameters params = TypedParameters.allocate(2 * HostCpus.ids());
            assertEquals(2, domain().getCpuStats(params, 2, 0, HostCpus.ids(), 0));
        } else {
            TypedParameters params = filled(4);
            HypervisorException refused =
                    assertThrows(HypervisorException.class, () -> domain().getCpuStats(params, 2, 0, 2, 0));
            assertReported(ErrorCode.OPERATION_UNSUPPORTED, FROM_CGROUP, whyNoCpus(), refused);
            for (int i = 0; i < 4; i++) {
                assertFalse(params.isSet(i));
            }
        }
    }

    /** One missing statistic never sinks the others. */
    @Test
    final void theFriendlyFormHasTheTotalsAndTheTimesPerCpuOrTheReasonWhyNot() {
        CpuStats stats = domain().cpuStats();
        assertTrue(stats.total().cpuTimeNanos().value() > 0);
        assertEquals(hierarchy.tellsCpus(), stats.hostCpus().isAvailable());
        if (!hierarchy.tellsCpus()) {
            assertTrue(stats.hostCpus().unavailable().contains("cgroup V2"), stats.hostCpus()::unavailable);
        }
    }

    static String whyNoCpus() {
        return "Operation not supported: operation 'getCpuacctPercpuUsage' not supported for backend 'cgroup V2'";
    }

    private static void assertReported(ErrorCode code, int libvirtDomain, String text, HypervisorException error) {
        assertEquals(code, error.code(), error::getMessage);
        assertEquals(code.number(), error.number());
        assertEquals(OptionalInt.of(libvirtDomain), error.libvirtDomain(), error::getMessage);
        assertEquals(ErrorLevel.ERROR, error.level());
        assertEquals(text, error.getMessage());
    }

    /** Entries of an earlier call, so that it shows if they are cleared. */
    private static TypedParameters filled(int count) {
        TypedParameters params = TypedParameters.allocate(count);
        fill(params);
        return params;
    }

    private static void fill(TypedParameters params) {
        for (int i = 0; i < params.capacity(); i++) {
            params.setUnsignedLong(i, "earlier", 1);
        }
    }
}
