package dev.vireo.driver.qemu.cgroup.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class CpuIdsPropertiesTest {
    private static Path file;

    @BeforeContainer
    static void makeFile() throws IOException {
        file = Files.createTempFile("cpus", "");
    }

    @AfterContainer
    static void removeFile() throws IOException {
        Files.delete(file);
    }

    @Property
    void aListWithGapsIsReadAsItWasPutIn(@ForAll @NotEmpty Set<@IntRange(max = 1024) Integer> ids) throws IOException {
        BitSet expected = new BitSet();
        ids.forEach(expected::set);
        Files.writeString(file, kernelList(expected) + "\n");
        assertEquals(expected, CpuIds.readList(file));
    }

    /** Bytes from the list's own alphabet meet its rules more often than any bytes do. */
    @Property
    void otherTextIsReadByTheRulesOfAListOrIsAnErrorThatNamesTheFile(
            @ForAll List<@IntRange(max = 13) Integer> letters, @ForAll byte stray) throws IOException {
        StringBuilder text = new StringBuilder();
        letters.forEach(letter -> text.append(letter == 13 ? (char) (stray & 0xff) : "0123456789-,+".charAt(letter)));
        Files.write(file, text.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        try {
            BitSet read = CpuIds.readList(file);
            assertTrue(text.toString().strip().matches("\\d+(-\\d+)?(,\\d+(-\\d+)?)*"), () -> text + " is no list");
            assertTrue(read.length() <= (1 << 20) + 1, () -> text + " is too long a list");
        } catch (IOException refused) {
            assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
        }
    }

    private static String kernelList(BitSet ids) {
        List<String> ranges = new ArrayList<>();
        for (int first = ids.nextSetBit(0); first >= 0; ) {
            int end = ids.nextClearBit(first);
            ranges.add(end == first + 1 ? "" + first : first + "-" + (end - 1));
            first = ids.nextSetBit(end);
        }
        return String.join(",", ranges);
    }
}
