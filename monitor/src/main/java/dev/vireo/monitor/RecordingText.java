package dev.vireo.monitor;

/**
 * Text as it stands in a recording: on one line, readable on a terminal, and the same when it is read again. What would end the
 * line, move a cursor or be lost in UTF-8 is written as {@code \}{@code uNNNN}, and so is the backslash.
 */
final class RecordingText {
    private static final int DIGITS = 4;

    private RecordingText() {}

    static void append(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (isPair(text, i)) {
                out.append(character).append(text.charAt(++i));
            } else if (isPlain(character)) {
                out.append(character);
            } else {
                out.append("\\u");
                for (int shift = 4 * (DIGITS - 1); shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(character >> shift & 0xf, 16));
                }
            }
        }
    }

    static String parse(String written) {
        if (written.indexOf('\\') < 0) {
            return written;
        }
        StringBuilder text = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char character = written.charAt(i);
            if (character != '\\') {
                text.append(character);
                continue;
            }
            if (i + DIGITS + 1 >= written.length() || written.charAt(i + 1) != 'u') {
                throw new IllegalArgumentException("'\\' is followed by u and four digits, in '" + written + "'");
            }
            text.append((char) Integer.parseInt(written, i + 2, i + 2 + DIGITS, 16));
            i += DIGITS + 1;
        }
        return text.toString();
    }

    private static boolean isPair(String text, int index) {
        return index + 1 < text.length() && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
    }

    private static boolean isPlain(char character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> character != '\\';
        };
    }
}
