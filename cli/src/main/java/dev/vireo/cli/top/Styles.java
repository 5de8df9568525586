package dev.vireo.cli.top;

import org.jline.utils.AttributedStyle;

/** How parts of the screen look. Nothing is said by a colour alone. Immutable. */
final class Styles {
    static final Styles COLOURED = new Styles(true);
    static final Styles PLAIN = new Styles(false);

    private final boolean coloured;

    private Styles(boolean coloured) {
        this.coloured = coloured;
    }

    AttributedStyle text() {
        return AttributedStyle.DEFAULT;
    }

    AttributedStyle title() {
        return AttributedStyle.BOLD;
    }

    AttributedStyle header() {
        return AttributedStyle.INVERSE;
    }

    AttributedStyle selected() {
        return AttributedStyle.BOLD;
    }

    AttributedStyle hint() {
        return AttributedStyle.DEFAULT;
    }

    AttributedStyle alarm() {
        return coloured ? AttributedStyle.BOLD.foreground(AttributedStyle.RED) : AttributedStyle.BOLD;
    }

    AttributedStyle stale() {
        return coloured ? AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW) : AttributedStyle.DEFAULT;
    }

    /** Blue and yellow, which the colour-blind tell apart; the height of the block says it all the same. */
    AttributedStyle heat(int level) {
        if (!coloured || level < 1) {
            return AttributedStyle.DEFAULT;
        }
        return AttributedStyle.DEFAULT.foreground(
                level <= 4
                        ? AttributedStyle.CYAN
                        : level <= 7 ? AttributedStyle.YELLOW : AttributedStyle.BRIGHT | AttributedStyle.YELLOW);
    }
}
