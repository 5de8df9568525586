package dev.vireo.cli.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PixelLineTest {
    private final PixelLine line = new PixelLine(1000, 2000, 10);

    private String points() {
        StringBuilder text = new StringBuilder();
        line.forEach(new PixelLine.Points() {
            @Override
            public void point(double millis, double value) {
                text.append((int) millis).append('=').append((int) value).append(' ');
            }

            @Override
            public void gap() {
                text.append("| ");
            }
        });
        return text.toString();
    }

    @Test
    void aValueIsDrawnAtItsOwnTime() {
        line.add(1010, 5, 1);
        line.add(1190, 7, 2);
        assertEquals("| 1010=5 1190=7 | ", points());
        assertFalse(line.hasFolded());
    }

    @Test
    void ofManyInOnePlaceTheLowestAndTheHighestStayInTheirOrder() {
        line.add(1010, 5, 1);
        line.add(1020, 99, 2);
        line.add(1030, 1, 3);
        line.add(1040, 6, 4);
        line.add(1110, 2, 5);
        line.add(1120, 3, 6);
        assertEquals("| 1020=99 1030=1 1110=2 1120=3 | ", points());
        assertTrue(line.hasFolded());
    }

    @Test
    void whereASnapshotHasNoValueTheLineHasAGap() {
        line.add(1010, 5, 1);
        line.add(1210, 5, 2);
        line.add(1410, 5, 4);
        assertEquals("| 1010=5 1210=5 | 1410=5 | ", points());
    }

    @Test
    void manyValuesOfOneSnapshotAreNoGap() {
        line.add(1010, 5, 1);
        line.add(1010, 6, 1);
        line.add(1110, 7, 2);
        line.add(1110, 8, 2);
        assertEquals("| 1010=5 1010=6 1110=7 1110=8 | ", points());
    }

    @Test
    void theLastMomentBelongsToTheLastColumn() {
        line.add(2000, 5, 1);
        assertEquals("| 2000=5 | ", points());
    }
}
