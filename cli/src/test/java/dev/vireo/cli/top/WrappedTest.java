package dev.vireo.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrappedTest {
    private static List<String> lines(String text, int width) {
        return Wrapped.lines(List.of(text), width);
    }

    @Test
    void whatFitsStaysAsItIs() {
        assertEquals(List.of("  a  b", ""), Wrapped.lines(List.of("  a  b", ""), 6));
    }

    @Test
    void aLineBreaksAtABlankAndGoesOnIndented() {
        assertEquals(
                List.of("steal  - no rate yet,", "    because nobody", "    counts it"),
                lines("steal  - no rate yet, because nobody counts it", 22));
    }

    @Test
    void aWordThatIsTooLongBreaksAnywhere() {
        assertEquals(List.of("abcd", "efgh", "i"), lines("abcdefghi", 4));
        assertEquals(
                List.of("x" + "0".repeat(24), "    " + "0".repeat(21), "    00000 end"),
                lines("x" + "0".repeat(50) + " end", 25));
    }

    @Test
    void wideCharactersTakeTwoColumnsAndNoneIsCutInTwo() {
        assertEquals(List.of("\u4e2d", "\u6587", "\ud83d\ude00"), lines("\u4e2d\u6587\ud83d\ude00", 3));
        assertEquals(List.of("\u4e2d", "\u6587"), lines("\u4e2d\u6587", 1));
    }
}
