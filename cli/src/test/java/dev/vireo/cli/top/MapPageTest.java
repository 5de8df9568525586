package dev.vireo.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.monitor.Rates;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MapPageTest {
    private static Shown map(Snapshots snapshots) {
        return Shown.of(snapshots).type("m");
    }

    @Test
    void eachCpuHasAColumnWhereThereIsRoom() {
        Shown shown = map(new Snapshots().on("a", 0, 1));
        assertEquals("1 CPU a column, % of each CPU; host CPUs 0-1", shown.line(1));
        assertEquals("  CPU% 0  NAME", shown.line(2));
        assertEquals(">150.0 ▄█ a", shown.line(3));
    }

    @Test
    void moreCpusThanRoomAreFoldedToTheMaximumOfEachGroupAndThatIsSaid() {
        Shown shown = map(new Snapshots().on("a", IntStream.range(0, 256).toArray()));
        assertEquals("maximum of 5 CPUs a column, % of each CPU; host CPUs 0-255", shown.line(1));
        assertEquals("  CPU% 0       40      80      120     160     200     240  NAME", shown.line(2));
        assertEquals(">150.0 ▄" + ".".repeat(50) + "█ a", shown.line(3));
    }

    @Test
    void onAScreenOfTenColumnsTheFoldIsStillThere() {
        Shown shown = map(new Snapshots().on("abc", IntStream.range(0, 256).toArray()))
                .size(10, 3);
        assertEquals("maximum o…", shown.line(1));
        assertEquals(">▄...█ abc", shown.line(2));
    }

    @Test
    void idsWithoutACpuTakeNoColumn() {
        Shown shown = map(new Snapshots().on("a", 0, 4, 90, 91));
        assertEquals("1 CPU a column, % of each CPU; host CPUs 0-91, 4 of them", shown.line(1));
        assertEquals(">150.0 ▄..█ a", shown.line(3));
    }

    @Test
    void aCpuThatOneDomainHasNoTimeOfIsADash() {
        Shown shown = map(new Snapshots().on("a", 0, 1).on("b", 1, 2));
        assertEquals(">150.0 ▄█- a", shown.line(3));
        assertEquals(" 150.0 -▄█ b", shown.line(4));
    }

    @Test
    void whereThereAreNoTimesItSaysWhy() {
        Shown shown = map(new Snapshots().on("a"));
        assertTrue(
                shown.line(1).startsWith("no times per host CPU yet: the driver gives no host_cpu.cpu_time"),
                shown.text());
        assertEquals(">150.0  a", shown.line(3));
    }

    @Test
    void aFirstSnapshotHasCpusButNoRates() {
        Snapshots one = new Snapshots().on("a", 0, 1);
        Shown shown = Shown.of(Rates.between(one.at(1), one.at(1))).type("m");
        assertEquals(">    - -- a", shown.line(3));
    }
}
