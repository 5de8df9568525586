package dev.vireo.examples.uml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class KernelTextTest {
    /** Captured from a guest's first process (kernel 6.18), its name made harder. */
    private static final String STAT =
            "4993 (li nux) (.uml) S 4982 4993 4993 0 -1 4194560 22762 5072 3 0 94 9 8 2 20 0 1 0"
                    + " 497587 103923712 9245 18446744073709551615 1610616832 1619757968 140732440583072 0 0 0 4096 5 402679514 1 0"
                    + " 0 17 0 0 0 0 0 0 1619759104 1621336432 1830551552 140732440586859 140732440586988 140732440586988"
                    + " 140732440588261 0\n";

    @Test
    void aProcessIsReadBehindItsName() {
        assertEquals(new ProcessStat(4993, 'S', 497587, 94, 9, 8, 2), ProcessStat.parse(4993, STAT));
    }

    @Test
    void aListOfCpusHasRangesAndGaps() {
        BitSet expected = new BitSet();
        expected.set(0, 4);
        expected.set(8);
        assertEquals(expected, HostCpus.parse("0-3,8\n"));
    }
}
