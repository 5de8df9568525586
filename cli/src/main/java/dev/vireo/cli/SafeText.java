package dev.vireo.cli;

/**
 * Makes text safe for a terminal: characters that move the cursor, change colours or turn the line around are shown as
 * {@code \xNN} and {@code \}{@code uNNNN}. Guests choose their own names, so no name is printed without it.
 */
public final class SafeText {
    private static final String DIGITS = "0123456789abcdef";

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
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (isPair(text, i)) {
                out.append(character).append(text.charAt(++i));
            } else if (!isUnsafe(character)) {
                out.append(character);
            } else if (character <= 0xff) {
                appendHex(out.append("\\x"), character, 2);
            } else {
                appendHex(out.append("\\u"), character, 4);
            }
        }
    }

    /** Tells whether a character must not reach a terminal; a surrogate is one unless it {@link #isPair}. */
    static boolean isUnsafe(char character) {
        return isControl(character)
                || isLineSeparator(character)
                || isDirection(character)
                || Character.isSurrogate(character);
    }

    static boolean isPair(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }

    static void appendHex(StringBuilder out, char character, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(DIGITS.charAt(character >> shift & 0xf));
        }
    }

    /** C0, DEL and C1. */
    private static boolean isControl(char character) {
        return character < 0x20 || (character >= 0x7f && character <= 0x9f);
    }

    private static boolean isLineSeparator(char character) {
        return character == 0x2028 || character == 0x2029;
    }

    /** Unicode's bidirectional marks, embeddings, overrides and isolates. */
    private static boolean isDirection(char character) {
        return character == 0x061c
                || character == 0x200e
                || character == 0x200f
                || (character >= 0x202a && character <= 0x202e)
                || (character >= 0x2066 && character <= 0x2069);
    }
}
