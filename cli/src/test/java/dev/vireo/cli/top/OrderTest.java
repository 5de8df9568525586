package dev.vireo.cli.top;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.vireo.monitor.Rates;
import org.junit.jupiter.api.Test;

class OrderTest {
    private final Rates rates = new Snapshots()
            .stale("stale", "it hangs")
            .busy("beta", 2.0004)
            .busy("alpha", 2)
            .busy("Idle", 0)
            .busy("big", 4)
            .rates();

    private int[] rows(Column sort, String filter) {
        return Order.rows(rates, TopSettings.DEFAULT.withSort(sort).withFilter(filter));
    }

    @Test
    void numbersComeFromTheHighestThoseThatLookEqualByNameAndUnknownOnesLast() {
        assertArrayEquals(new int[] {4, 2, 1, 3, 0}, rows(Column.CPU, ""));
    }

    @Test
    void namesComeFromA() {
        assertArrayEquals(new int[] {3, 2, 1, 4, 0}, rows(Column.NAME, ""));
    }

    @Test
    void upperAndLowerCaseAreAlikeToTheFilter() {
        assertArrayEquals(new int[] {2, 1, 0}, rows(Column.CPU, "A"));
        assertArrayEquals(new int[] {3}, rows(Column.CPU, "idle"));
    }

    @Test
    void aFilterThatNobodyFitsLeavesNobody() {
        assertArrayEquals(new int[0], rows(Column.CPU, "nobody"));
    }
}
