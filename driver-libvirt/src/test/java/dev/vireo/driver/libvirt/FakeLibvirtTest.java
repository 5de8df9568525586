package dev.vireo.driver.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.NodeCpuMap;
import dev.vireo.Operation;
import dev.vireo.ParameterType;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuState;
import dev.vireo.VcpuTimes;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no real libvirt does when it is asked to: later versions, failures without a reason, texts, gaps. */
class FakeLibvirtTest {
    private Connection connection;

    @BeforeAll
    static void compile() throws IOException {
        FakeLibvirt.compile();
    }

    @BeforeEach
    void open() {
        FakeLibvirt.connectionsOpened();
        connection = FakeLibvirt.open("libvirt:fake");
    }

    @AfterEach
    void closeAndLeaveNothing() {
        connection.close();
        assertEquals(0, FakeLibvirt.domainsOut(), "domains that libvirt did not get back");
    }

    private HypervisorException errorOf(String domain) {
        return assertThrows(
                HypervisorException.class,
                () -> connection.getDomainByName(domain).getCpuStats(null, 0, -1, 1, 0));
    }

    @Test
    void anErrorOfALaterVersionKeepsItsNumbersAndText() {
        HypervisorException error = errorOf("unknown-error");
        assertEquals(ErrorCode.UNKNOWN, error.code());
        assertEquals(4_711, error.number());
        assertEquals(OptionalInt.of(99), error.libvirtDomain());
        assertEquals("an error of a later version, größer", error.getMessage());
    }

    @Test
    void aFailureWithoutAReasonIsAnErrorAllTheSame() {
        HypervisorException error = errorOf("silent");
        assertEquals(ErrorCode.INTERNAL_ERROR, error.code());
        assertTrue(error.getMessage().contains("virDomainGetCPUStats"), error::getMessage);
    }

    @Test
    void soIsAConnectionThatDoesNotOpen() {
        HypervisorException silent =
                assertThrows(HypervisorException.class, () -> FakeLibvirt.open("libvirt:fails-silently"));
        assertEquals(ErrorCode.INTERNAL_ERROR, silent.code());
        HypervisorException loud = assertThrows(HypervisorException.class, () -> FakeLibvirt.open("libvirt:fails"));
        assertEquals(4_711, loud.number());
    }

    @Test
    void parametersOfEveryTypeArriveAndUnknownOnesAreShownAsSuch() {
        Domain domain = connection.getDomainByName("types");
        TypedParameters params = TypedParameters.allocate(6);
        assertEquals(6, domain.getCpuStats(params, 6, -1, 1, 0));
        assertEquals(
                "[cpu_time=18446744073709551615, later=type 9: 0x2a, governor=schedutil, throttled=true, share=0.5,"
                        + " delta=-5]",
                params.toString());
        assertEquals(ParameterType.UNKNOWN, params.type(1));
    }

    @Test
    void entriesThatLibvirtDoesNotFillStayCleared() {
        TypedParameters params = TypedParameters.allocate(16);
        assertEquals(6, connection.getDomainByName("types").getCpuStats(params, 16, -1, 1, 0));
        assertTrue(params.isSet(5));
        assertFalse(params.isSet(6));
    }

    @Test
    void schedulerParametersArriveWithTheirTypesHoweverFewAreAskedFor() {
        Domain domain = connection.getDomainByName("types");
        assertEquals(3, domain.getSchedulerParameters(null, 0, Domain.AFFECT_CURRENT));
        TypedParameters params = TypedParameters.allocate(3);
        assertEquals(3, domain.getSchedulerParameters(params, 3, Domain.AFFECT_LIVE));
        assertEquals("[cpu_shares=1024, vcpu_quota=-1, later=type 9: 0x2a]", params.toString());
        assertEquals(1, domain.getSchedulerParameters(params, 1, Domain.AFFECT_CONFIG));
        assertEquals(512, params.unsignedLong(0));
    }

    @Test
    void whatLibvirtRefusesToScheduleIsItsError() {
        Domain domain = connection.getDomainByName("unscheduled");
        HypervisorException refused =
                assertThrows(HypervisorException.class, () -> domain.getSchedulerParameters(null, 0, 0));
        assertEquals(ErrorCode.NO_SUPPORT, refused.code());
        assertEquals(OptionalInt.of(10), refused.libvirtDomain());
    }

    @Test
    void vcpusThatAreOnlineHaveTheCpusOfTheirMap() {
        Domain domain = connection.getDomainByName("types");
        List<String> live = domain.getVcpuPinInfo(Domain.AFFECT_LIVE).stream()
                .map(pin -> pin.vcpu() + " " + pin.cpus())
                .toList();
        assertEquals(List.of("0 {0, 7}", "2 {0}"), live);
        assertEquals(
                "{1}", domain.getVcpuPinInfo(Domain.AFFECT_CONFIG).get(1).cpus().toString());
    }

    @Test
    void moreVcpusThanExpectedAreAllThere() {
        VcpuTimes vcpus = VcpuTimes.allocate(1);
        connection.getDomainByName("many").getVcpus(vcpus);
        assertEquals(40, vcpus.size());
        assertEquals(78, vcpus.number(39));
        assertEquals(1_039, vcpus.runTimeNanos(39));
        assertEquals(VcpuState.BLOCKED, vcpus.state(39));
        assertEquals(39, vcpus.cpu(39));
    }

    @Test
    void aVcpuHasItsOwnDelayWhateverTheGapsAndNoCpuWhereLibvirtKnowsNone() {
        VcpuTimes vcpus = VcpuTimes.allocate(1);
        connection.getDomainByName("many").getVcpus(vcpus);
        assertEquals(7, vcpus.delayNanos(0));
        assertFalse(vcpus.has(0, VcpuTimes.Column.CPU));
        assertFalse(vcpus.has(1, VcpuTimes.Column.DELAY));
        assertTrue(vcpus.reason(VcpuTimes.Column.DELAY).orElseThrow().contains("7.2.0"));
    }

    @Test
    void aBulkReadTellsStateVcpusAndWhatIsMissing() {
        Recorded recorded = new Recorded();
        connection.getAllDomainStats(EnumSet.allOf(StatsGroup.class), recorded, 0);
        assertEquals(
                List.of(
                        "one PAUSED",
                        "CPU_TIME 0 18446744073709551615",
                        "CPU_USER 0 -",
                        "CPU_SYSTEM 0 -",
                        "VCPU_STATE 0 1",
                        "VCPU_TIME 0 1000",
                        "VCPU_DELAY 0 7",
                        "VCPU_STATE 4 2",
                        "VCPU_TIME 4 2000",
                        "VCPU_DELAY 4 -",
                        "VCPU_STATE 88 -",
                        "VCPU_TIME 88 -",
                        "VCPU_DELAY 88 9",
                        "HOST_CPU_TIME 0 -",
                        "HOST_CPU_VCPU_TIME 0 -",
                        "two PAUSED"),
                recorded.lines().subList(0, 16));
    }

    @Test
    void aDomainThatIsFoundTwiceIsOneObject() {
        assertEquals(connection.getDomainByName("a"), connection.getDomainByName("a"));
        assertEquals(connection.listDomains(), connection.listDomains());
        assertTrue(connection.findDomainByName("nobody").isEmpty());
    }

    @Test
    void aRunThatHasEndedIsGoneAlsoWhereItsUuidRunsAgain() {
        Domain former = connection.getDomainByName("restarted");
        assertEquals(7, former.id());
        Domain present = connection.getDomainById(8);
        assertEquals(former.uuid(), present.uuid());
        assertEquals(ErrorCode.NO_DOMAIN, codeOf(former));
        assertEquals(6, present.getCpuStats(null, 0, -1, 1, 0));
    }

    @Test
    void anErrorThatADomainIsNotRunningIsTheEndOfItsRun() {
        HypervisorException error = errorOf("restarted-and-stopped");
        assertEquals(ErrorCode.NO_DOMAIN, error.code());
        assertTrue(error.getMessage().contains("domain is not running"), error::getMessage);
    }

    @Test
    void anErrorThatADomainIsNotRunningStandsWhereItsRunIsStillThePresentOne() {
        assertEquals(ErrorCode.OPERATION_INVALID, errorOf("stopped").code());
    }

    @Test
    void aChangeOfADomainWithoutADaemonGoesThroughTheOneConnectionThereIs() {
        connection.getDomainByName("changes").destroy();
        assertEquals(1, FakeLibvirt.connectionsOpened());
    }

    private static ErrorCode codeOf(Domain domain) {
        return assertThrows(HypervisorException.class, () -> domain.getCpuStats(null, 0, -1, 1, 0))
                .code();
    }

    @Test
    void fewerNodeStatisticsThanThereAreAreTheFirstOnes() {
        TypedParameters params = TypedParameters.allocate(16);
        assertEquals(5, connection.getNodeCpuStats(-1, null, 0, 0));
        assertEquals(2, connection.getNodeCpuStats(-1, params, 2, 0));
        assertEquals("kernel", params.name(0));
        assertFalse(params.isSet(2));
        assertEquals(5, connection.getNodeCpuStats(0, params, 16, 0));
        assertEquals("later", params.name(4));
        assertEquals(104, params.unsignedLong(4));
    }

    @Test
    void theMapHasTheBitsOfLibvirts() {
        NodeCpuMap map = connection.getNodeCpuMap();
        assertEquals(9, map.size());
        assertEquals(3, map.onlineCount());
        assertTrue(map.isOnline(8));
        assertFalse(map.isOnline(1));
    }

    @Test
    void theTableHasWhatTheLibraryAndTheConnectionHave() {
        // no events, no life cycle, no host name: but for the events, libvirt has had them all for ever
        assertEquals(
                Set.of(
                        Operation.CONNECT_GET_ALL_DOMAIN_STATS,
                        Operation.NODE_GET_CPU_MAP,
                        Operation.NODE_GET_CPU_STATS,
                        Operation.DOMAIN_GET_CPU_STATS,
                        Operation.DOMAIN_GET_VCPUS,
                        Operation.DOMAIN_GET_SCHEDULER_PARAMETERS,
                        Operation.DOMAIN_GET_VCPU_PIN_INFO,
                        Operation.DOMAIN_DESTROY),
                connection.operations());
    }
}
