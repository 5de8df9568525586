package dev.vireo.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.Reading;
import dev.vireo.monitor.Denominator;
import dev.vireo.monitor.Rates;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopScreenTest {
    private static final String ESCAPES = "\u001b[2J\u001b]0;title\u0007\r\n\u009b31m";
    private static final String RIGHT_TO_LEFT = "\u05d0\u05d1\u05d2 \u202e\u0645\u0631\u062d";
    private static final String UNSEEN = "\u0301\u20dd\u200b\u2066\ufe0f\udb40\udc41\u2028\u00a0\udc00";
    private static final String WIDE = "\u4e2d\u6587".repeat(50);
    private static final String LONG = "0123456789".repeat(20);

    private static Snapshots odd() {
        return new Snapshots()
                .busy(ESCAPES, 3)
                .busy(RIGHT_TO_LEFT, 2)
                .busy(WIDE, 1)
                .busy(LONG, 0.5)
                .busy("e\u0301\u200d\ud83d\ude00\ud83c\udfff\ud800", 0.1)
                .busy(UNSEEN, 0.2)
                .busy("a" + "\u0301".repeat(300), 0.3)
                .busy("", 0)
                .stale("\u202d" + LONG, "it\nhangs");
    }

    private static Snapshots many() {
        Snapshots many = new Snapshots();
        IntStream.range(0, 5000).forEach(i -> many.busy("domain-" + i, i / 1000.0));
        return many;
    }

    static Stream<Rates> hosts() {
        int[] all = IntStream.range(0, 256).toArray();
        int[] gaps = IntStream.range(0, 256).filter(cpu -> cpu % 3 == 1).toArray();
        return Stream.of(
                odd().rates(),
                many().rates(),
                new Snapshots().rates(),
                new Snapshots().on("two", 0, 1).rates(),
                new Snapshots().on("all", all).on("gaps", gaps).rates(),
                new Snapshots()
                        .on("gaps", gaps)
                        .hostCpus(Reading.unavailable("hidden"))
                        .rates(),
                Rates.between(odd().at(1), odd().at(1)));
    }

    @ParameterizedTest
    @MethodSource("hosts")
    void aScreenOfAnySizeIsFilledToTheColumnAndHoldsNothingThatMovesTheCursor(Rates rates) {
        Shown shown = Shown.of(rates);
        List<Runnable> pages = List.of(
                () -> {},
                () -> shown.type("m"),
                () -> shown.press(Key.END),
                () -> shown.press(Key.ENTER, Key.PAGE_DOWN),
                () -> shown.type("?"),
                () -> shown.type("?dp/\u4e2d"),
                () -> shown.state.fail("lost\u001b[2J"));
        for (Runnable page : pages) {
            page.run();
            assertFills(shown, 80, 24);
            assertFills(shown, 10, 3);
            assertFills(shown, 200, 60);
            assertFills(shown, 1, 1);
            assertFills(shown, 33, 5);
        }
    }

    private static void assertFills(Shown shown, int width, int height) {
        List<AttributedString> lines = shown.size(width, height).styled();
        assertEquals(height, lines.size());
        for (AttributedString line : lines) {
            assertEquals(width, line.columnLength(), line::toString);
            assertTrue(
                    line.toString()
                            .chars()
                            .noneMatch(c -> c < 0x20
                                    || (c >= 0x7f && c < 0xa1)
                                    || UNSEEN.indexOf(c, 2) >= 0
                                    || c == 0x202e
                                    || c == 0x202d),
                    line::toString);
        }
    }

    @Test
    void theFirstLineBeginsWithWhat100PercentIs() {
        Shown shown = Shown.of(new Snapshots().busy("a", 2).busy("b", 1));
        assertEquals("% of one core  sum 300.0  2 domains  in 1.000 s  by CPU%  12:00:10Z", shown.line(0));
        assertTrue(shown.type("d").line(0).startsWith("% of the domain's vCPUs  sum 100.0  "), shown.line(0));
        assertTrue(shown.type("d").line(0).startsWith("% of the host  sum 37.5  "), shown.line(0));
        assertEquals("% of one …", shown.type("d").size(10, 3).line(0));
    }

    @Test
    void aDenominatorThatIsNotKnownLeavesNoPercentages() {
        Shown shown = Shown.of(new Snapshots().busy("a", 2).hostCpus(Reading.unavailable("hidden")));
        shown.state.choose(TopSettings.DEFAULT.withOf(Denominator.HOST));
        assertTrue(shown.line(0).startsWith("% of the host  sum -  1 domain "), shown.line(0));
        assertEquals(">    -     -     -      -     2      - a", shown.line(2));
        assertTrue(
                shown.press(Key.ENTER)
                        .text()
                        .contains("CPU                 -  no rate yet, because % of the host is not known: hidden"),
                shown.text());
    }

    @Test
    void eachDomainHasALineWithItsNameLast() {
        Shown shown = Shown.of(new Snapshots().busy("small", 0.5).busy("big", 12));
        assertEquals("  CPU% USER%  SYS% STEAL% VCPUS OVERH% NAME", shown.line(1));
        assertEquals("> 1200 900.0     -  300.0    12  120.0 big", shown.line(2));
        assertEquals("  50.0  37.5     -   25.0     1    5.0 small", shown.line(3));
    }

    @Test
    void aNumberThatIsNotKnownIsADashAndTheDetailSaysWhy() {
        Shown shown = Shown.of(new Snapshots().busy("a", 1)).press(Key.ENTER);
        assertTrue(shown.text().contains("system              -  no rate yet, because nobody counts it"), shown.text());
    }

    @Test
    void aReasonIsReadToItsEndOnANarrowScreenToo() {
        Shown shown = Shown.of(new Snapshots().busy("a", 1)).press(Key.ENTER).size(30, 24);
        String words = shown.text().replaceAll("\\s+", " ");
        assertTrue(words.contains("system - no rate yet, because nobody counts it "), shown.text());
    }

    @Test
    void oldNumbersAreMarkedWithTheirAgeBeforeTheName() {
        Shown shown = Shown.of(new Snapshots().busy("a", 1).stale("b", "it hangs"));
        assertEquals("     -     -     -      -     2      - (2.500 s old) b", shown.line(3));
        assertTrue(shown.line(0).contains("  sum 100.0 without 1  2 domains  "), shown.line(0));
        shown.press(Key.DOWN, Key.ENTER);
        assertTrue(shown.text().contains("numbers are 2.500 s old, because it hangs"), shown.text());
    }

    @Test
    void namesAreShownSafeAndCutAtTheEdge() {
        Shown shown = Shown.of(odd()).size(50, 24);
        assertTrue(shown.text().contains(" \\x1b[2J\\"), shown.text());
        assertTrue(shown.text().contains("\u05d0\u05d1\u05d2 \\u202e"), shown.text());
        assertTrue(
                shown.lines().stream().anyMatch(line -> line.contains("0123456") && line.endsWith("…")), shown.text());
    }

    @Test
    void whatNobodySeesIsSpelledOut() {
        Shown shown = Shown.of(odd()).size(150, 24);
        String name = "\\u0301\\u20dd\\u200b\\u2066\\ufe0f\\U000e0041\\u2028\\xa0\\udc00";
        assertTrue(shown.lines().stream().anyMatch(line -> line.stripTrailing().endsWith(" " + name)), shown.text());
    }

    @Test
    void aNarrowScreenLeavesOutColumnsAndKeepsTheCpuTimeAndTheName() {
        Shown shown = Shown.of(new Snapshots().busy("first", 1)).size(10, 3);
        assertEquals(List.of("% of one …", "  CPU% NA…", ">100.0 fi…"), shown.lines());
        assertEquals("  CPU% STEAL% VCPUS NAME", shown.size(37, 4).line(1));
    }

    @Test
    void aDomainThatEndedWhileItIsShownIsSaidToHave() {
        Shown shown = Shown.of(new Snapshots().busy("gone", 1)).press(Key.ENTER);
        shown.state.show(new Snapshots().busy("other", 1).rates());
        assertTrue(shown.text().contains("gone"), shown.text());
        assertTrue(shown.text().contains("not running any more"), shown.text());
    }

    @Test
    void theDetailHasEachVcpuAndHostCpu() {
        Shown shown = Shown.of(new Snapshots().on("a", 3, 9)).press(Key.ENTER);
        assertTrue(
                shown.text().matches("(?s).*\nvCPU +ran +waited +% of one core *\n0 +67.5 +25.0 +\n1 +67.5 +25.0 .*"),
                shown.text());
        assertTrue(shown.text().matches("(?s).*\nhost CPU +used .*\n3 +50.0 .*\n9 +100.0 .*"), shown.text());
    }

    @Test
    void onlyWhatIsOnTheScreenIsWatched() {
        Shown shown = Shown.of(many());
        shown.styled();
        assertEquals(0, shown.screen.watched().size());
        shown.type("m").styled();
        assertEquals(20, shown.screen.watched().size());
        shown.press(Key.ENTER).styled();
        assertEquals(1, shown.screen.watched().size());
    }

    @Test
    void aTroubleIsShownAlsoOnAScreenOfThreeLines() {
        Shown shown = Shown.of(new Snapshots().busy("a", 1)).size(40, 3);
        shown.state.fail("VIR_ERR_RPC: gone; next try in 1.000 s");
        assertEquals("VIR_ERR_RPC: gone; next try in 1.000 s", shown.line(2));
        shown.state.show(new Snapshots().busy("a", 1).rates());
        assertTrue(shown.line(2).endsWith(" a"), shown.text());
    }

    @Test
    void withoutColoursThereAreNone() {
        Shown coloured = new Shown(Styles.COLOURED);
        Shown plain = new Shown(Styles.PLAIN);
        for (Shown shown : List.of(coloured, plain)) {
            shown.state.show(new Snapshots().stale("a", "it hangs").busy("b", 1).rates());
            shown.state.fail("lost");
        }
        assertTrue(ansi(coloured).contains("\u001b[33m"), ansi(coloured));
        assertFalse(ansi(plain).matches("(?s).*\u001b\\[[0-9;]*[34][0-9].*"), ansi(plain));
        plain.type("m");
        assertFalse(ansi(plain).matches("(?s).*\u001b\\[[0-9;]*[34][0-9].*"), ansi(plain));
    }

    private static String ansi(Shown shown) {
        StringBuilder all = new StringBuilder();
        shown.styled().forEach(line -> all.append(line.toAnsi()));
        return all.toString();
    }
}
