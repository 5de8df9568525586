package dev.vireo.exporter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondsTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_500_000_000, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void nanosecondsAreUnsigned(long nanos) {
        BigDecimal exact = new BigDecimal(Long.toUnsignedString(nanos)).movePointLeft(9);
        assertEquals(exact.doubleValue(), Seconds.ofNanos(nanos));
    }
}
