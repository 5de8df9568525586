package dev.vireo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Connection;
import dev.vireo.Domain;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More guests than are asked in one call; no two of them next to each other in a list have as many vCPUs. */
class LibvirtFewAtATimeIT {
    private static final int GUESTS = 7;
    private static final Set<StatsGroup> BOTH = EnumSet.of(StatsGroup.CPU_TOTAL, StatsGroup.VCPU);

    @RegisterExtension
    static final LibvirtScene SCENE = new LibvirtScene(LibvirtHierarchy.V1);

    private static final Map<String, Integer> VCPUS = new TreeMap<>();
    private static final List<LibvirtGuest> GUESTS_STARTED = new ArrayList<>();

    private Connection connection;

    /** Notes in which order what is said. */
    private static final class Order implements DomainStatsVisitor {
        private final List<String> said = new ArrayList<>();

        @Override
        public void readTogether(int domains) {
            said.add("read " + domains);
        }

        /** Returns how many domains were said to have been read together with others. */
        int readTogether() {
            return said.stream()
                    .filter(each -> each.startsWith("read "))
                    .mapToInt(each -> Integer.parseInt(each.substring("read ".length())))
                    .sum();
        }

        @Override
        public void domain(DomainRef domain, DomainState state) {
            said.add(state.toString());
        }

        @Override
        public void value(Statistic statistic, int index, long value) {}

        @Override
        public void unavailable(Statistic statistic, int index, String reason) {}
    }

    @BeforeAll
    static void startGuests() throws IOException {
        for (int i = 0; i < GUESTS; i++) {
            GuestSpec spec = GuestSpec.of(GuestRom.IDLES).withVcpus(i + 1);
            VCPUS.put(spec.name(), i + 1);
            LibvirtGuest guest = SCENE.define(spec);
            guest.start();
            GUESTS_STARTED.add(guest);
        }
    }

    @BeforeEach
    void connect() {
        connection = SCENE.connect();
    }

    @AfterEach
    void close() {
        connection.close();
    }

    private static Map<String, Integer> vcpusWithDelay(Sweep sweep) {
        Map<String, Integer> found = new TreeMap<>();
        for (String name : sweep.names("")) {
            Set<Integer> numbers = sweep.get(name).all(Statistic.VCPU_DELAY).keySet();
            assertEquals(IntStream.range(0, numbers.size()).boxed().toList(), List.copyOf(numbers));
            found.put(name, numbers.size());
        }
        return found;
    }

    @Test
    void eachGuestIsToldItsOwnVcpus() {
        assertEquals(VCPUS, vcpusWithDelay(Sweep.of(connection, BOTH)));
        assertEquals(VCPUS, vcpusWithDelay(Sweep.of(connection, EnumSet.of(StatsGroup.VCPU))));
    }

    @Test
    void eachGuestIsToldItsOwnTotal() {
        Sweep sweep = Sweep.of(connection, BOTH);
        for (LibvirtGuest guest : GUESTS_STARTED) {
            Domain domain = connection.getDomainByName(guest.name());
            long total = sweep.get(guest.name()).value(Statistic.CPU_TIME);
            Bracket.assertBetween(
                    "cpu_time",
                    1,
                    total,
                    domain.cpuStats().total().cpuTimeNanos().value());
        }
    }

    @Test
    void fewAreReadTogetherAndThatIsSaidBeforeTheyAreTold() {
        Order order = new Order();
        connection.getAllDomainStats(BOTH, order, 0);
        assertEquals(
                List.of(
                        "read 4", "RUNNING", "RUNNING", "RUNNING", "RUNNING", "read 3", "RUNNING", "RUNNING",
                        "RUNNING"),
                order.said);
    }

    @Test
    void aTotalIsReadByItself() {
        Order order = new Order();
        connection.getAllDomainStats(EnumSet.of(StatsGroup.CPU_TOTAL), order, 0);
        assertTrue(order.said.stream().noneMatch(said -> said.startsWith("read")), order.said::toString);
        assertEquals(GUESTS, order.said.size());
    }

    @Test
    void whoHasEndedIsNeitherToldNorCounted() {
        List<Domain> held = connection.listDomains();
        assertEquals(VCPUS, vcpusWithDelay(Sweep.of(connection, BOTH)));
        LibvirtGuest ended = GUESTS_STARTED.get(2);
        ended.destroy();
        try {
            Order order = new Order();
            connection.getDomainStats(held, BOTH, order, 0);
            assertEquals(
                    GUESTS - 1,
                    order.said.stream().filter(said -> said.equals("RUNNING")).count(),
                    order.said::toString);
            assertEquals(GUESTS - 1, order.readTogether(), order.said::toString);
        } finally {
            ended.start();
        }
    }

    @Test
    void theNextRunOfAGuestIsToldAndTheFormerIsNot() {
        assertEquals(VCPUS, vcpusWithDelay(Sweep.of(connection, BOTH)));
        List<Domain> held = connection.listDomains();
        LibvirtGuest again = GUESTS_STARTED.get(3);
        int former = connection.getDomainByName(again.name()).id();
        again.destroy();
        again.start();
        Order ofFormer = new Order();
        connection.getDomainStats(held, BOTH, ofFormer, 0);
        assertEquals(
                GUESTS - 1,
                ofFormer.said.stream().filter(said -> said.equals("RUNNING")).count());
        Sweep sweep = Sweep.of(connection, BOTH);
        assertEquals(VCPUS, vcpusWithDelay(sweep));
        assertTrue(sweep.get(again.name()).domain().id() > former);
    }

    @Test
    void besideOneThatHangsTheOthersHaveTheirDelays() throws IOException {
        LibvirtGuest hung = GUESTS_STARTED.get(1);
        hung.hang();
        try {
            Map<String, Integer> found = vcpusWithDelay(Sweep.of(connection, BOTH));
            found.remove(hung.name());
            Map<String, Integer> expected = new TreeMap<>(VCPUS);
            expected.remove(hung.name());
            assertEquals(expected, found);
        } finally {
            hung.wakeUp();
        }
    }
}
