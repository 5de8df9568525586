package dev.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class SafeTextTest {
    static final List<Arguments> SHOWN = List.of(
            Arguments.of(
                    "controls", "\u0000\t\n\r\u001b\u007f\u0085\u009b", "\\x00\\x09\\x0a\\x0d\\x1b\\x7f\\x85\\x9b"),
            Arguments.of("soft hyphen", "a\u00adb", "a\\xadb"),
            Arguments.of("no-break space", "a\u00a0b", "a\\xa0b"),
            Arguments.of("other blanks", "\u1680\u2003\u202f\u205f\u3000", "\\u1680\\u2003\\u202f\\u205f\\u3000"),
            Arguments.of("blanks without a property", "\u2800\u3164\u115f\uffa0", "\\u2800\\u3164\\u115f\\uffa0"),
            Arguments.of("zero-width", "w\u200be\u200cb\u200d\u2060\ufeff", "w\\u200be\\u200cb\\u200d\\u2060\\ufeff"),
            Arguments.of(
                    "bidirectional",
                    "\u061c\u200e\u200f\u202a\u202e\u2066\u2069",
                    "\\u061c\\u200e\\u200f\\u202a\\u202e\\u2066\\u2069"),
            Arguments.of("separators", "\u2028\u2029", "\\u2028\\u2029"),
            Arguments.of("variation selectors", "a\ufe0f\ufe00\u180b\udb40\udd00", "a\\ufe0f\\ufe00\\u180b\\U000e0100"),
            Arguments.of("tags", "a\udb40\udc01\udb40\udc41\udb40\udc7f", "a\\U000e0001\\U000e0041\\U000e007f"),
            Arguments.of("annotations", "\ufff9\ufffb", "\\ufff9\\ufffb"),
            Arguments.of("no characters", "\uffff\ufdd0\udbff\udffe", "\\uffff\\ufdd0\\U0010fffe"),
            Arguments.of("surrogates alone", "\ud800a\udc00\udc00\ud83d", "\\ud800a\\udc00\\udc00\\ud83d"),
            Arguments.of("invisible signs of sums", "f\u2061\u2062\u2064", "f\\u2061\\u2062\\u2064"),
            Arguments.of("joined and ignored", "a\u034fb", "a\\u034fb"),
            Arguments.of("music", "\ud834\udd73", "\\U0001d173"),
            Arguments.of("marks alone", "\u0301\u0302", "\\u0301\\u0302"),
            Arguments.of("marks on what is spelled out", "\u200b\u0301\n\u20dd", "\\u200b\\u0301\\x0a\\u20dd"),
            Arguments.of("a mark on a letter", "e\u0301 a\u0323\u0302", "e\u0301 a\u0323\u0302"),
            Arguments.of(
                    "too many marks",
                    "a\u0300\u0301\u0302\u0303\u0304\u0305b",
                    "a\u0300\u0301\u0302\u0303\\u0304\\u0305b"),
            Arguments.of(
                    "letters of all kinds",
                    "web-1 \u05d0\u0645 \u4e2d\u6587 \u0e01\u0e34 \u00e9",
                    "web-1 \u05d0\u0645 \u4e2d\u6587 \u0e01\u0e34 \u00e9"),
            Arguments.of("a picture", "\ud83d\ude00", "\ud83d\ude00"),
            Arguments.of("a joined picture", "\ud83d\udc69\u200d\ud83d\udcbb", "\ud83d\udc69\\u200d\ud83d\udcbb"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("SHOWN")
    void whatIsNotSeenIsSpelledOut(String what, String text, String shown) {
        assertEquals(shown, SafeText.of(text), what);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("SHOWN")
    void inJsonItIsTheSameTextWhenItIsRead(String what, String text) {
        StringBuilder out = new StringBuilder();
        new JsonWriter(out).beginObject().key("name").string(text).endDocument();
        assertEquals(Map.of("name", text), StrictJson.parse(out.toString()), what);
        String written = out.substring(9, out.length() - 3);
        assertEquals(SafeText.of(written), written, "nothing unsafe is left in it");
    }

    /** Whatever Java's Unicode knows: what is left as it is has a glyph, or stands on one. */
    @Test
    void noCharacterOfUnicodePassesThatIsNotSeen() {
        String passed = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(character ->
                        SafeText.of("a" + Character.toString(character)).equals("a" + Character.toString(character)))
                .filter(character -> Character.isIdentifierIgnorable(character)
                        || Character.getType(character) == Character.FORMAT
                        || Character.isISOControl(character)
                        || (character != ' '
                                && (Character.isWhitespace(character) || Character.isSpaceChar(character))))
                .mapToObj(Integer::toHexString)
                .toList()
                .toString();
        assertEquals("[]", passed);
    }

    @Test
    void columnsOfATableStandWhereTheyStandWhateverMarksANameHas() {
        Table table = new Table("Name", "State");
        table.row("a\u0301\u0302b", "one");
        table.row("\u0301\u0301", "two");
        StringBuilder out = new StringBuilder();
        table.appendTo(out);
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(0).startsWith("Name          State"), out::toString);
        assertTrue(lines.get(1).startsWith("a\u0301\u0302b            one"), out::toString);
        assertTrue(lines.get(2).startsWith("\\u0301\\u0301  two"), out::toString);
    }
}
