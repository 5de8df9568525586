package dev.vireo.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vireo.monitor.Rates;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysTest {
    private final Shown shown = Shown.of(
            new Snapshots().busy("Beta", 3).busy("alpha", 2).busy("gamma", 2).busy("delta", 1));

    private String names() {
        return shown.lines().stream()
                .skip(2)
                .limit(20)
                .map(line -> line.length() < 40 ? "" : line.substring(39).strip())
                .filter(name -> !name.isEmpty())
                .toList()
                .toString();
    }

    @Test
    void sGoesThroughTheColumns() {
        assertEquals("[Beta, alpha, gamma, delta]", names());
        shown.type("ssssss");
        assertTrue(shown.line(0).contains("  by NAME  "), shown.line(0));
        assertEquals("[Beta, alpha, delta, gamma]", names());
        shown.type("s");
        assertTrue(shown.line(0).contains("  by CPU%  "), shown.line(0));
    }

    @Test
    void aFilterIsTypedAtTheBottomAndKeptByEnter() {
        shown.type("/AL");
        assertTrue(shown.line(23).startsWith("filter: AL_"), shown.text());
        assertEquals("[Beta, alpha, gamma, delta]", names());
        shown.press(Key.BACKSPACE).type("lpq").press(Key.BACKSPACE, Key.ENTER);
        assertEquals("[alpha]", names());
        assertTrue(shown.line(0).contains("  1/4 domains  "), shown.line(0));
        assertTrue(shown.line(0).contains("  filter Alp  "), shown.line(0));
        shown.type("/x").press(Key.ESCAPE);
        assertEquals("[alpha]", names());
        shown.type("/").press(Key.ENTER);
        assertEquals("[Beta, alpha, gamma, delta]", names());
    }

    @Test
    void aCharacterOfTwoUnitsIsDeletedAsOne() {
        shown.type("/a\ud83d\ude00").press(Key.BACKSPACE);
        assertEquals("a", shown.state.prompt());
    }

    @Test
    void whoIsChosenStaysChosenWhateverTheOrder() {
        shown.press(Key.DOWN, Key.DOWN);
        assertTrue(shown.line(4).startsWith(">"), shown.text());
        shown.state.show(new Snapshots()
                .busy("Beta", 1)
                .busy("alpha", 2)
                .busy("gamma", 9)
                .busy("delta", 1)
                .rates());
        assertTrue(shown.line(2).startsWith(">900.0") && shown.line(2).endsWith(" gamma"), shown.text());
    }

    @Test
    void theFirstPlaceIsKeptByNobody() {
        shown.state.show(new Snapshots().busy("Beta", 1).busy("alpha", 2).rates());
        assertTrue(shown.line(2).startsWith(">200.0") && shown.line(2).endsWith(" alpha"), shown.text());
    }

    @Test
    void theListScrollsWithTheChosenOne() {
        Snapshots many = new Snapshots();
        IntStream.range(0, 5000).forEach(i -> many.busy("d" + (10_000 + i), 1));
        Shown list = Shown.of(many);
        assertTrue(list.line(2).endsWith(" d10000"), list.text());
        list.press(Key.END);
        assertTrue(list.line(22).startsWith(">") && list.line(22).endsWith(" d14999"), list.text());
        list.press(Key.PAGE_UP);
        assertTrue(list.text().contains("d14978"), list.text());
        list.press(Key.HOME).type("jjk");
        assertTrue(list.line(3).startsWith(">"), list.text());
        list.press(Key.UP, Key.UP, Key.UP);
        assertTrue(list.line(2).startsWith(">"), list.text());
    }

    @Test
    void aPauseKeepsTheNumbersUntilItEnds() {
        shown.type("p");
        shown.state.show(new Snapshots().busy("other", 1).rates());
        assertTrue(shown.line(0).startsWith("PAUSED  % of one core"), shown.line(0));
        assertTrue(names().contains("Beta"), shown.text());
        shown.type("p");
        assertEquals("[other]", names());
        shown.state.show(new Snapshots().busy("later", 1).rates());
        assertEquals("[later]", names());
    }

    @Test
    void afterALostConnectionTheChosenOneIsWhoHasItsUuidWhereverThatStands() {
        shown.press(Key.DOWN, Key.DOWN);
        assertTrue(shown.line(4).startsWith(">") && shown.line(4).endsWith(" gamma"), shown.text());
        shown.state.fail("the line is dead");
        Snapshots again = new Snapshots().busy("gamma", 9).busy("first", 8).busy("last", 1);
        shown.state.show(Rates.between(again.at(9), again.at(9)));
        assertTrue(shown.text().matches("(?s).*\n>[^\n]* gamma +\n.*"), shown.text());
        shown.state.show(again.rates());
        assertTrue(shown.line(2).startsWith(">900.0") && shown.line(2).endsWith(" gamma"), shown.text());
        shown.state.show(new Snapshots()
                .busy("first", 8)
                .busy("last", 1)
                .busy("gamma", 0.5)
                .rates());
        assertTrue(shown.line(4).startsWith("> 50.0") && shown.line(4).endsWith(" gamma"), shown.text());
    }

    @Test
    void helpAndDetailLeadBackToWhereTheyWereAskedFor() {
        shown.type("m").press(Key.ENTER);
        assertEquals(Page.DETAIL, shown.state.page());
        shown.type("?");
        assertEquals(Page.HELP, shown.state.page());
        assertTrue(shown.text().contains("heat map"), shown.text());
        shown.press(Key.ESCAPE);
        assertEquals(Page.MAP, shown.state.page());
        shown.type("m");
        assertEquals(Page.LIST, shown.state.page());
    }

    @Test
    void aPageIsScrolledNoFurtherThanItsEnd() {
        shown.size(80, 10).type("?").press(Key.END);
        assertTrue(shown.line(8).contains("% of the host"), shown.text());
        shown.press(Key.UP);
        assertTrue(shown.line(8).contains("vCPUs"), shown.text());
    }

    @Test
    void qAndTheInterruptEndItAndOtherKeysDoNot() {
        assertFalse(shown.keys.press(Key.CHARACTER, "q"));
        assertFalse(shown.keys.press(Key.INTERRUPT, "\u0003"));
        assertTrue(shown.keys.press(Key.CHARACTER, "z"));
        assertTrue(shown.keys.press(Key.OTHER, "\u001b[200~"));
        shown.type("/");
        assertTrue(shown.keys.press(Key.CHARACTER, "q"));
        assertFalse(shown.keys.press(Key.INTERRUPT, "\u0003"));
    }

    @Test
    void onAnEmptyScreenKeysDoNothing() {
        Shown empty = new Shown(Styles.PLAIN);
        empty.press(Key.DOWN, Key.ENTER, Key.END).type("msdp?");
        assertTrue(empty.line(0).contains("the first snapshot is being made"), empty.text());
        Shown nobody = Shown.of(new Snapshots()).press(Key.DOWN, Key.ENTER, Key.PAGE_UP);
        assertTrue(nobody.line(0).contains("  0 domains  "), nobody.text());
        assertEquals(Page.LIST, nobody.state.page());
    }
}
