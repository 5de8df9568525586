package dev.vireo.it;

import static dev.vireo.it.Bracket.assertBetween;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.DomainInfo;
import dev.vireo.DomainState;
import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import dev.vireo.NodeCpuMap;
import dev.vireo.Operation;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import dev.vireo.TypedParameters;
import dev.vireo.VcpuState;
import dev.vireo.VcpuTimes;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the passthrough answers besides times per CPU is what libvirt answers. */
class LibvirtOperationsIT {
    private static final Set<StatsGroup> LIBVIRTS_GROUPS = EnumSet.of(StatsGroup.CPU_TOTAL, StatsGroup.VCPU);

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static LibvirtGuest busy;
    private static LibvirtGuest idle;
    private static Connection connection;

    @BeforeAll
    static void startGuests() throws IOException {
        busy = SCENE.start(GuestSpec.of(GuestRom.SPINS));
        idle = SCENE.start(GuestSpec.of(GuestRom.IDLES).withVcpus(2));
        connection = SCENE.connect();
    }

    @AfterAll
    static void closeConnection() {
        if (connection != null) {
            connection.close();
        }
    }

    @Test
    void aGuestIsFoundByNameByUuidAndById() {
        Domain byName = connection.getDomainByName(idle.name());
        assertEquals(idle.uuid(), byName.uuid());
        assertTrue(byName.id() > 0, byName::toString);
        assertEquals(byName, connection.getDomainByUuid(idle.uuid()));
        assertEquals(byName, connection.getDomainById(byName.id()));
    }

    @Test
    void whoIsNotThereIsNotFound() {
        assertEquals(Optional.empty(), connection.findDomainByName("nobody"));
        assertEquals(Optional.empty(), connection.findDomainById(1_000_000));
        HypervisorException unknown =
                assertThrows(HypervisorException.class, () -> connection.getDomainByName("nobody"));
        assertEquals(ErrorCode.NO_DOMAIN, unknown.code(), unknown::getMessage);
    }

    @Test
    void runningGuestsAreListedAndOthersAreFoundByName() throws IOException {
        LibvirtGuest inactive = SCENE.define(GuestSpec.of(GuestRom.IDLES));
        List<String> listed =
                connection.listDomains().stream().map(Domain::name).toList();
        assertTrue(listed.containsAll(List.of(busy.name(), idle.name())), listed::toString);
        assertFalse(listed.contains(inactive.name()), listed::toString);
        assertEquals(-1, connection.getDomainByName(inactive.name()).id());
        inactive.undefine();
    }

    /** The table is made of what the libvirt that was found has. */
    @Test
    void theOperationsAreThoseOfLibvirt() {
        Set<Operation> operations = EnumSet.allOf(Operation.class);
        operations.removeIf(operation -> operation.libvirtName().isEmpty());
        assertEquals(operations, connection.operations());
    }

    @Test
    void hostnameAndVersionAreThoseThatVirshTells() {
        assertEquals(SCENE.daemon().virsh("hostname").out().strip(), connection.getHostname());
        String version = connection.getVersion().toString();
        String printed = SCENE.daemon().virsh("version").out();
        assertTrue(printed.contains("Running hypervisor: QEMU " + version), () -> version + " in " + printed);
    }

    @Test
    void theNodeHasTheCpusThatTheKernelLists() {
        NodeCpuMap map = connection.getNodeCpuMap();
        assertEquals(HostCpus.ids(), map.size());
        assertEquals(map.onlineCount(), connection.getNodeInfo().cpus());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0})
    void theNodesTimesLieBetweenTwoReadingsOfVirsh(int cpu) {
        TypedParameters params = TypedParameters.allocate(16);
        Map<String, Long> before = nodeCpuStats(cpu);
        assertEquals(4, connection.getNodeCpuStats(cpu, params, 16, 0));
        Map<String, Long> after = nodeCpuStats(cpu);
        assertEquals("kernel", params.name(0));
        assertBetween("kernel", before.get("system"), params.unsignedLong(0), after.get("system"));
        assertEquals("user", params.name(1));
        assertBetween("user", before.get("user"), params.unsignedLong(1), after.get("user"));
        assertEquals("idle", params.name(2));
        assertEquals("iowait", params.name(3));
        assertFalse(params.isSet(4));
    }

    private static Map<String, Long> nodeCpuStats(int cpu) {
        CommandRun run = cpu < 0
                ? SCENE.daemon().virsh("nodecpustats")
                : SCENE.daemon().virsh("nodecpustats", Integer.toString(cpu));
        Map<String, Long> numbers = new TreeMap<>();
        run.requireSuccess()
                .out()
                .lines()
                .filter(line -> line.contains(":"))
                .map(line -> line.split(":", 2))
                .forEach(parts -> numbers.put(parts[0].strip(), Long.valueOf(parts[1].strip())));
        return numbers;
    }

    @Test
    void theNodeTellsHowManyTimesItHasAndFillsFewerIfAskedFor() {
        assertEquals(4, connection.getNodeCpuStats(-1, null, 0, 0));
        TypedParameters params = TypedParameters.allocate(3);
        assertEquals(2, connection.getNodeCpuStats(-1, params, 2, 0));
        assertEquals("user", params.name(1));
        assertFalse(params.isSet(2));
    }

    @Test
    void aCpuThatTheNodeDoesNotHaveIsAnInvalidArgument() {
        TypedParameters params = TypedParameters.allocate(4);
        HypervisorException refused = assertThrows(
                HypervisorException.class, () -> connection.getNodeCpuStats(HostCpus.ids() + 7, params, 4, 0));
        assertEquals(ErrorCode.INVALID_ARG, refused.code(), refused::getMessage);
        assertTrue(refused.libvirtDomain().isPresent(), "it is libvirt that says so");
    }

    @Test
    void infoTellsStateMemoryVcpusAndTime() {
        Map<String, Long> before = PrintedStats.parse(busy.printedByVirsh("--total"));
        DomainInfo info = connection.getDomainByName(busy.name()).getInfo();
        Map<String, Long> after = PrintedStats.parse(busy.printedByVirsh("--total"));
        assertEquals(DomainState.RUNNING, info.state());
        assertEquals(16 * 1024, info.maxMemoryKib().value());
        assertEquals(16 * 1024, info.memoryKib().value());
        assertEquals(1, info.vcpus().value());
        // libvirt takes this one from /proc, in ticks of 10 ms
        long time = info.cpuTimeNanos().value();
        assertTrue(time > before.get("Total/cpu_time") / 2, () -> time + " of " + before);
        assertTrue(time < 2 * after.get("Total/cpu_time"), () -> time + " of " + after);
    }

    @Test
    void vcpusHaveNumberStateCpuTimeAndDelay() {
        VcpuTimes vcpus = VcpuTimes.allocate(4);
        Map<String, Long> before = PrintedDomStats.of(busy);
        connection.getDomainByName(busy.name()).getVcpus(vcpus);
        Map<String, Long> after = PrintedDomStats.of(busy);
        assertEquals(1, vcpus.size());
        assertEquals(0, vcpus.number(0));
        assertEquals(VcpuState.RUNNING, vcpus.state(0));
        assertTrue(vcpus.cpu(0) >= 0 && vcpus.cpu(0) < HostCpus.ids(), () -> "CPU " + vcpus.cpu(0));
        assertBetween("vcpu.time", before.get("vcpu.0.time"), vcpus.runTimeNanos(0), after.get("vcpu.0.time"));
        assertTrue(
                vcpus.has(0, VcpuTimes.Column.DELAY),
                () -> vcpus.reason(VcpuTimes.Column.DELAY).orElse("no reason"));
        assertBetween("vcpu.delay", before.get("vcpu.0.delay"), vcpus.delayNanos(0), after.get("vcpu.0.delay"));
    }

    @Test
    void everyVcpuOfAGuestIsTold() {
        VcpuTimes vcpus = VcpuTimes.allocate(1);
        connection.getDomainByName(idle.name()).getVcpus(vcpus);
        assertEquals(2, vcpus.size());
        assertEquals(1, vcpus.number(1));
    }

    @Test
    void aBulkReadTellsEachGuestsTotalAndVcpusBetweenTwoReadingsOfVirsh() {
        Map<String, Long> before = PrintedDomStats.of(busy);
        Sweep sweep = Sweep.of(connection, LIBVIRTS_GROUPS);
        Map<String, Long> after = PrintedDomStats.of(busy);
        Sweep.Told told = sweep.get(busy.name());
        assertBulk(Statistic.CPU_TIME, "cpu.time", before, told, after);
        assertBulk(Statistic.CPU_USER, "cpu.user", before, told, after);
        assertBulk(Statistic.CPU_SYSTEM, "cpu.system", before, told, after);
        assertBulk(Statistic.VCPU_TIME, "vcpu.0.time", before, told, after);
        assertBulk(Statistic.VCPU_DELAY, "vcpu.0.delay", before, told, after);
        assertEquals(1, told.value(Statistic.VCPU_STATE));
        assertEquals(
                Set.of(0, 1), sweep.get(idle.name()).all(Statistic.VCPU_TIME).keySet());
    }

    private static void assertBulk(
            Statistic statistic, String name, Map<String, Long> before, Sweep.Told told, Map<String, Long> after) {
        assertBetween(name, before.get(name), told.value(statistic), after.get(name));
    }

    @Test
    void aBulkReadOfTotalsAloneTellsNoVcpus() {
        Sweep.Told told = Sweep.of(connection, EnumSet.of(StatsGroup.CPU_TOTAL)).get(busy.name());
        assertTrue(told.value(Statistic.CPU_TIME) > 0);
        assertTrue(told.all(Statistic.VCPU_TIME).isEmpty());
    }

    @Test
    void aBulkReadOfSomeGuestsTellsThoseAlone() {
        Domain wanted = connection.getDomainByName(busy.name());
        Sweep sweep = new Sweep();
        connection.getDomainStats(List.of(wanted), LIBVIRTS_GROUPS, sweep, 0);
        assertTrue(sweep.get(busy.name()).value(Statistic.CPU_TIME) > 0);
        assertTrue(sweep.find(idle.name()).isEmpty());
    }

    @Test
    void aBulkReadLeavesOutAGuestThatHasEnded() throws IOException {
        LibvirtGuest ending = SCENE.start(GuestSpec.of(GuestRom.IDLES));
        List<Domain> domains =
                List.of(connection.getDomainByName(ending.name()), connection.getDomainByName(busy.name()));
        ending.destroy();
        Sweep sweep = new Sweep();
        connection.getDomainStats(domains, LIBVIRTS_GROUPS, sweep, 0);
        assertTrue(sweep.find(ending.name()).isEmpty());
        assertTrue(sweep.get(busy.name()).value(Statistic.CPU_TIME) > 0);
    }
}
