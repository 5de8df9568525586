package dev.vireo.cli;

/**
 * Makes text safe for a terminal, and different where it is different: characters that move the cursor, change colours, turn the
 * line around or are not seen are spelled out, as {@code \xNN}, {@code \}{@code uNNNN} and {@code \}{@code UNNNNNNNN}. Guests choose
 * their own names, so no name is printed without it.
 */
public final class SafeText {
    private static final String DIGITS = "0123456789abcdef";
    /** As many as any language writes over and under one letter; more of them would run into other lines. */
    private static final int MOST_MARKS = 4;

    private SafeText() {}

    /**
     * Returns a text that is safe to be shown.
     *
     * @param text any text
     * @return the same, with what is not safe spelled out
     */
    public static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        append(safe, text);
        return safe.toString();
    }

    static void append(StringBuilder out, String text) {
        int room = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            room = marksAfter(character, room);
            if (room < 0) {
                spell(out, character);
                room = 0;
            } else {
                out.appendCodePoint(character);
            }
            i += Character.charCount(character);
        }
    }

    /**
     * Tells how many marks may come after a character, where so many might before it; -1 if it is not safe itself. What is spelled out
     * carries none.
     */
    static int marksAfter(int character, int room) {
        if (character < 0x7f) {
            return character < ' ' ? -1 : MOST_MARKS;
        }
        if (Invisible.isMark(character)) {
            return room - 1;
        }
        return Invisible.is(character) ? -1 : MOST_MARKS;
    }

    /**
     * Spells a character out, whatever it is.
     *
     * @param out takes the text
     * @param character a code point
     */
    public static void spell(StringBuilder out, int character) {
        if (character <= 0xff) {
            appendHex(out.append("\\x"), character, 2);
        } else if (character <= 0xffff) {
            appendHex(out.append("\\u"), character, 4);
        } else {
            appendHex(out.append("\\U"), character, 8);
        }
    }

    static void appendHex(StringBuilder out, int character, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(DIGITS.charAt(character >> shift & 0xf));
        }
    }
}
