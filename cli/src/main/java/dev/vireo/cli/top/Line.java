package dev.vireo.cli.top;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.WCWidth;

/** One line of the screen, filled from the left, never wider than the screen. Text is safe before it comes here. */
final class Line {
    private static final char CUT = '\u2026';

    private final AttributedStringBuilder out = new AttributedStringBuilder();
    private final int width;
    private int used;

    Line(int width) {
        this.width = width;
    }

    int left() {
        return width - used;
    }

    /** Appends a text; where it does not fit, as much of it as does and an ellipsis. */
    Line text(String text, AttributedStyle style) {
        int columns = width(text);
        if (columns <= left()) {
            out.append(text, style);
            used += columns;
        } else if (left() > 0) {
            cut(text, style);
        }
        return this;
    }

    /** Appends a text that ends so many columns from here. */
    Line right(String text, int columns, AttributedStyle style) {
        return blanks(columns - width(text), style).text(text, style);
    }

    Line blanks(int count, AttributedStyle style) {
        int blanks = Math.max(0, Math.min(count, left()));
        out.append(" ".repeat(blanks), style);
        used += blanks;
        return this;
    }

    /** Fills the rest. */
    AttributedString end(AttributedStyle style) {
        blanks(left(), style);
        return out.toAttributedString();
    }

    private void cut(String text, AttributedStyle style) {
        int room = left() - 1;
        int columns = 0;
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            int next = columns + width(character);
            if (next > room) {
                break;
            }
            columns = next;
            end += Character.charCount(character);
        }
        out.append(text.substring(0, end), style).append(String.valueOf(CUT), style);
        used += columns + 1;
    }

    /** Returns how many columns a text takes. */
    static int width(String text) {
        int columns = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            columns += width(text.codePointAt(i));
        }
        return columns;
    }

    private static int width(int character) {
        return Math.max(0, WCWidth.wcwidth(character));
    }
}
