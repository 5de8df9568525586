package dev.vireo.cli.top;

import dev.vireo.monitor.Rates;
import java.util.List;
import org.jline.utils.AttributedString;

/** What stands on a screen of some size, and keys to press. */
final class Shown {
    final TopState state = new TopState(TopSettings.DEFAULT);
    final TopScreen screen;
    final Keys keys;
    private int width = 80;
    private int height = 24;

    Shown(Styles styles) {
        screen = new TopScreen(state, styles);
        keys = new Keys(state, screen);
    }

    static Shown of(Snapshots snapshots) {
        return of(snapshots.rates());
    }

    static Shown of(Rates rates) {
        Shown shown = new Shown(Styles.PLAIN);
        shown.state.show(rates);
        return shown;
    }

    Shown size(int columns, int lines) {
        width = columns;
        height = lines;
        return this;
    }

    /** Presses keys that type characters. */
    Shown type(String characters) {
        characters.codePoints().forEach(character -> {
            styled();
            keys.press(Key.CHARACTER, Character.toString(character));
        });
        return this;
    }

    Shown press(Key... pressed) {
        for (Key key : pressed) {
            styled();
            keys.press(key, "");
        }
        return this;
    }

    List<AttributedString> styled() {
        return screen.lines(width, height);
    }

    List<String> lines() {
        return styled().stream().map(AttributedString::toString).toList();
    }

    String line(int number) {
        return lines().get(number).stripTrailing();
    }

    String text() {
        return String.join("\n", lines());
    }
}
