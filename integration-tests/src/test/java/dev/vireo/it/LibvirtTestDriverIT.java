package dev.vireo.it;

import static dev.vireo.it.VireoCommand.vireo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.DomainEvent;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.OpenOptions;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuTimes;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** libvirt's own test driver, which runs inside of libvirt's library and needs no daemon; its times never change. */
class LibvirtTestDriverIT {
    private static final String URI = "libvirt:test:///default";
    private static final int FROM_TEST = 12;

    @BeforeAll
    static void libvirtIsThereAndTheCommandIsBuilt() {
        Requirements.requireProgram("virsh", "libvirt-clients");
        vireo("--version");
    }

    private static Connection connect() {
        return Connection.open(URI);
    }

    @Test
    void theTotalsAreThoseOfTheSource() {
        try (Connection connection = connect()) {
            Domain domain = connection.getDomainByName("test");
            assertEquals(3, domain.getCpuStats(null, 0, -1, 1, 0));
            TypedParameters totals = TypedParameters.allocate(3);
            assertEquals(3, domain.getCpuStats(totals, 3, -1, 1, 0));
            assertEquals("[cpu_time=48772617035, user_time=5540000000, system_time=6460000000]", totals.toString());
        }
    }

    @Test
    void theTimesPerCpuAreThoseOfTheSource() {
        try (Connection connection = connect()) {
            Domain domain = connection.getDomainByName("test");
            assertEquals(2, domain.getCpuStats(null, 0, 0, 0, 0));
            assertEquals(2, domain.getCpuStats(null, 0, 0, 1, 0));
            TypedParameters params = TypedParameters.allocate(4);
            assertEquals(2, domain.getCpuStats(params, 2, 0, 2, 0));
            assertEquals(24_386_308_517L, params.unsignedLong(0));
            assertEquals(23_151_740_627L, params.unsignedLong(1));
            assertEquals(24_386_308_518L, params.unsignedLong(2));
            assertEquals(23_151_740_628L, params.unsignedLong(3));
        }
    }

    @Test
    void aStartPastTheLastCpuIsRefusedInItsWords() {
        try (Connection connection = connect()) {
            Domain domain = connection.getDomainByName("test");
            HypervisorException refused = assertThrows(
                    HypervisorException.class, () -> domain.getCpuStats(TypedParameters.allocate(2), 2, 2, 1, 0));
            assertEquals(ErrorCode.INVALID_ARG, refused.code());
            assertEquals(OptionalInt.of(FROM_TEST), refused.libvirtDomain());
            assertEquals("invalid argument: start_cpu 2 larger than maximum of 1", refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--total",
                "--start 0",
                "--start 1",
                "--count 0",
                "--count 1",
                "--start 0 --count 5",
                "--start 1 --count 1 --total",
                "--total --start 0"
            })
    void theCommandPrintsTheBytesThatVirshPrints(String options) {
        String[] virsh = ("cpu-stats test " + options).strip().split(" ", -1);
        String[] ours = ("-c " + URI + " cpu-stats test " + options).strip().split(" ", -1);
        CommandRun run = vireo(ours).requireSuccess();
        assertEquals(Virsh.run("test:///default", virsh).requireSuccess().out(), run.out());
    }

    @Test
    void theSchemeOfTestAloneIsOursAndNotLibvirts() {
        try (Connection ours = Connection.open("test:///default");
                Connection libvirts = connect()) {
            assertNotEquals(libvirts.driverName(), ours.driverName());
        }
    }

    @Test
    void itsGuestPausesGoesOnAndEnds() throws IOException {
        try (Connection connection = Connection.open(URI, OpenOptions.defaults().readWrite());
                EventLog events = EventLog.of(connection, "test")) {
            Domain domain = connection.getDomainByName("test");
            domain.suspend();
            assertEquals(DomainState.PAUSED, domain.getInfo().state());
            domain.resume();
            assertEquals(DomainState.RUNNING, domain.getInfo().state());
            domain.destroy();
            events.await(DomainEvent.Type.STOPPED);
            events.assertInOrder(DomainEvent.Type.SUSPENDED, DomainEvent.Type.RESUMED, DomainEvent.Type.STOPPED);
            assertEquals(List.of(), connection.listDomains());
        }
    }

    @Test
    void itsVcpusAreTold() {
        try (Connection connection = connect()) {
            VcpuTimes vcpus = VcpuTimes.allocate(4);
            connection.getDomainByName("test").getVcpus(vcpus);
            assertEquals(2, vcpus.size());
            assertEquals(1, vcpus.number(1));
        }
    }

    @Test
    void aBadNameIsNotFoundInLibvirtsWords() {
        CommandRun run = vireo("-c", URI, "cpu-stats", "tets");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("VIR_ERR_NO_DOMAIN"), run::toString);
        assertTrue(run.err().contains("'test'"), run::toString);
        assertEquals(1, run.err().lines().count(), run::toString);
    }
}
