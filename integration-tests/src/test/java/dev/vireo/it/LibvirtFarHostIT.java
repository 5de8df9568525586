package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Credential;
import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.OpenOptions;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A libvirtd that is far away: all domains are read in one call, which also tells their states. */
class LibvirtFarHostIT {
    private static final Duration ONE_WAY = Duration.ofMillis(3);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PASSWORD = "correct horse";

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static LibvirtGuest busy;
    private static LibvirtGuest paused;
    private static SlowLine line;

    private Connection connection;

    @BeforeAll
    static void startDaemon() throws IOException {
        Requirements.remoteLibvirt();
        SaslAccounts accounts = SaslAccounts.in(SCENE.directory("vireo-it-sasl-"));
        accounts.add("fred", PASSWORD);
        int port = FreePort.find();
        LibvirtDaemon daemon =
                SCENE.startDaemon(LibvirtConfiguration.socketOnly().withTcp(port, accounts));
        line = SCENE.opened(SlowLine.to(port, ONE_WAY));
        busy = LibvirtGuest.create(daemon, GuestSpec.of(GuestRom.SPINS));
        paused = LibvirtGuest.create(daemon, GuestSpec.of(GuestRom.IDLES));
        paused.suspend();
    }

    @AfterAll
    static void endGuests() throws IOException {
        busy.destroy();
        paused.destroy();
        LeftoverGroups.remove(List.of(busy.name(), paused.name()));
    }

    @BeforeEach
    void connect() {
        connection = Connection.open(
                "qemu+tcp://127.0.0.1:" + line.port() + "/system",
                OpenOptions.defaults().authentication(LibvirtFarHostIT::answer));
    }

    private static boolean answer(List<Credential> credentials) {
        credentials.forEach(
                credential -> credential.setResult((credential.type().isSecret() ? PASSWORD : "fred").toCharArray()));
        return true;
    }

    @AfterEach
    void close() {
        busy.wakeUp();
        connection.close();
    }

    private Map<String, DomainState> statesIn(Set<StatsGroup> groups) {
        Map<String, DomainState> states = new TreeMap<>();
        connection.getAllDomainStats(
                groups,
                new DomainStatsVisitor() {
                    @Override
                    public void domain(DomainRef domain, DomainState state) {
                        states.put(domain.name(), state);
                    }

                    @Override
                    public void value(Statistic statistic, int index, long value) {}

                    @Override
                    public void unavailable(Statistic statistic, int index, String reason) {}
                },
                0);
        return states;
    }

    /** A total that is read by itself comes without the domain's state. */
    @Test
    void allTotalsComeInOneCallWithTheStates() {
        assertEquals(
                Map.of(busy.name(), DomainState.RUNNING, paused.name(), DomainState.PAUSED),
                statesIn(EnumSet.of(StatsGroup.CPU_TOTAL)));
    }

    @Test
    void whatCameInOneCallIsSaidToHaveBeenReadBeforeAnyIsTold() {
        List<String> told = new ArrayList<>();
        connection.getAllDomainStats(
                EnumSet.of(StatsGroup.CPU_TOTAL),
                new DomainStatsVisitor() {
                    @Override
                    public void readTogether(int domains) {
                        told.add("read " + domains);
                    }

                    @Override
                    public void domain(DomainRef domain, DomainState state) {
                        told.add("told");
                    }

                    @Override
                    public void value(Statistic statistic, int index, long value) {}

                    @Override
                    public void unavailable(Statistic statistic, int index, String reason) {}
                },
                0);
        assertEquals(List.of("read 2", "told", "told"), told);
    }

    @Test
    void totalsAndVcpusAreThoseOfTheDomain() {
        Domain domain = connection.getDomainByName(busy.name());
        long before = domain.cpuStats().total().cpuTimeNanos().value();
        Sweep sweep = Sweep.of(connection, EnumSet.of(StatsGroup.CPU_TOTAL, StatsGroup.VCPU));
        long after = domain.cpuStats().total().cpuTimeNanos().value();
        Bracket.assertBetween("cpu_time", before, sweep.get(busy.name()).value(Statistic.CPU_TIME), after);
        assertEquals(Set.of(0), sweep.get(busy.name()).all(Statistic.VCPU_DELAY).keySet());
        assertEquals(domain.uuid(), sweep.get(busy.name()).domain().uuid());
    }

    @Test
    void aGuestThatHangsHidesNobody() throws IOException {
        busy.hang();
        assertTimeoutPreemptively(LIMIT, () -> {
            Sweep sweep = Sweep.of(connection, EnumSet.of(StatsGroup.CPU_TOTAL, StatsGroup.VCPU));
            assertTrue(sweep.get(busy.name()).value(Statistic.CPU_TIME) > 0);
            assertTrue(sweep.get(paused.name()).value(Statistic.CPU_TIME) > 0);
            assertEquals(
                    Set.of(0),
                    sweep.get(paused.name()).all(Statistic.VCPU_DELAY).keySet());
        });
    }
}
