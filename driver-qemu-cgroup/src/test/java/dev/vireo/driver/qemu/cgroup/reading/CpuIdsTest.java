package dev.vireo.driver.qemu.cgroup.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuIdsTest {
    @Test
    void listsOfRangesAreRead() {
        assertEquals("{0, 1, 2, 7}", CpuIds.parseList("0-2,7").toString());
        assertEquals(128, CpuIds.parseList("8-23,48-159").cardinality());
        assertEquals(160, CpuIds.parseList("8-23,48-159").length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "3-1", "1,,2", "-1", "-0", "0--0", "+1", "0-99999999999", "0-2000000"})
    void whatIsNoListIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> CpuIds.parseList(text));
    }
}
