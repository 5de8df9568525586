package dev.vireo.driver.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vireo.CpuStatsOrigin;
import dev.vireo.DomainRef;
import dev.vireo.DomainState;
import dev.vireo.DomainStatsVisitor;
import dev.vireo.Statistic;
import dev.vireo.StatsGroup;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BulkStatsTest {
    private static final class Lines implements DomainStatsVisitor {
        final List<String> lines = new ArrayList<>();

        @Override
        public void domain(DomainRef domain, DomainState state) {
            lines.add(domain.name() + " " + state);
        }

        @Override
        public void value(Statistic statistic, int index, long value) {
            lines.add(statistic + " " + index + " " + value);
        }

        @Override
        public void unavailable(Statistic statistic, int index, String reason) {
            lines.add(statistic + " " + index + " unavailable, because " + reason);
        }
    }

    private final Fixture fixture = Fixture.withGaps();
    private final Lines out = new Lines();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theTotalsAreThoseOfEachDomain() {
        fixture.hypervisor.add(DomainConfiguration.named("web"));
        fixture.clock.advanceNanos(100);
        fixture.connection.getAllDomainStats(Set.of(StatsGroup.CPU_TOTAL), out, 0);
        assertEquals(
                List.of(
                        "test RUNNING",
                        "CPU_TIME 0 48772617235",
                        "CPU_USER 0 5540000180",
                        "CPU_SYSTEM 0 6460000020",
                        "web RUNNING",
                        "CPU_TIME 0 200",
                        "CPU_USER 0 180",
                        "CPU_SYSTEM 0 20"),
                out.lines);
    }

    @Test
    void eachVcpuHasStateTimeAndDelay() {
        fixture.hypervisor.domain("test").end();
        fixture.hypervisor.add(DomainConfiguration.named("web"));
        fixture.clock.advanceNanos(1000);
        fixture.connection.getAllDomainStats(Set.of(StatsGroup.VCPU), out, 0);
        assertEquals(
                List.of(
                        "web RUNNING",
                        "VCPU_STATE 0 1",
                        "VCPU_TIME 0 990",
                        "VCPU_DELAY 0 5",
                        "VCPU_STATE 1 1",
                        "VCPU_TIME 1 990",
                        "VCPU_DELAY 1 5"),
                out.lines);
    }

    @Test
    void hostCpusThatAreNotThereAreLeftOut() {
        fixture.connection.getAllDomainStats(Set.of(StatsGroup.HOST_CPU), out, 0);
        assertEquals(
                List.of(
                        "test RUNNING",
                        "HOST_CPU_TIME 0 16257539011",
                        "HOST_CPU_VCPU_TIME 0 15022971121",
                        "HOST_CPU_TIME 2 16257539013",
                        "HOST_CPU_VCPU_TIME 2 15022971123",
                        "HOST_CPU_TIME 4 16257539015",
                        "HOST_CPU_VCPU_TIME 4 15022971125"),
                out.lines);
    }

    @Test
    void aDomainOfAGivenListThatHasEndedIsLeftOut() {
        var ended = fixture.domain();
        fixture.hypervisor.domain("test").end();
        fixture.hypervisor.add(DomainConfiguration.named("web"));
        var web = fixture.connection.getDomainByName("web");
        fixture.connection.getDomainStats(List.of(ended, web), Set.of(StatsGroup.CPU_TOTAL), out, 0);
        assertEquals("web RUNNING", out.lines.get(0));
    }

    @Test
    void aDomainThatIsShutOffHasNoNumbersButAReason() {
        fixture.hypervisor.domain("test").end();
        fixture.connection.getDomainStats(List.of(fixture.domain()), Set.of(StatsGroup.HOST_CPU), out, 0);
        assertEquals(
                List.of(
                        "test SHUTOFF",
                        "HOST_CPU_TIME 0 unavailable, because the domain is not running",
                        "HOST_CPU_VCPU_TIME 0 unavailable, because the domain is not running"),
                out.lines);
        out.lines.clear();
        fixture.connection.getAllDomainStats(Set.of(StatsGroup.HOST_CPU), out, 0);
        assertEquals(List.of(), out.lines);
    }

    @Test
    void oneStatisticThatCannotBeReadSinksNoOther() {
        fixture.hypervisor.faults().unavailable(Statistic.CPU_USER, "it was asked for");
        fixture.connection.getAllDomainStats(Set.of(StatsGroup.CPU_TOTAL), out, 0);
        assertEquals(
                List.of(
                        "test RUNNING",
                        "CPU_TIME 0 48772617035",
                        "CPU_USER 0 unavailable, because it was asked for",
                        "CPU_SYSTEM 0 6460000000"),
                out.lines);
    }

    @Test
    void eachGroupSaysWhereItComesFromAndInWhichGeneration() {
        List<String> origins = new ArrayList<>();
        DomainStatsVisitor visitor = new DomainStatsVisitor() {
            @Override
            public void domain(DomainRef domain, DomainState state) {}

            @Override
            public void value(Statistic statistic, int index, long value) {}

            @Override
            public void unavailable(Statistic statistic, int index, String reason) {}

            @Override
            public void origin(StatsGroup group, CpuStatsOrigin origin) {
                origins.add(group + " " + origin.source() + " " + origin.generation());
            }
        };
        fixture.hypervisor.restartSource();
        fixture.connection.getAllDomainStats(EnumSet.of(StatsGroup.CPU_TOTAL, StatsGroup.HOST_CPU), visitor, 0);
        assertEquals(List.of("CPU_TOTAL in-memory 1", "HOST_CPU in-memory 1"), origins);
    }
}
