package dev.vireo.exporter.prometheus;

/**
 * Makes any text fit for a label's value. The formats take all of Unicode and escape what they have to; but a text may be none
 * that UTF-8 can hold, and a zero ends the text for some readers.
 */
final class LabelText {
    private static final char REPLACEMENT = '\ufffd';

    private LabelText() {}

    static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            boolean isSurrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
            safe.appendCodePoint(isSurrogate || character == 0 ? REPLACEMENT : character);
            i += Character.charCount(character);
        }
        return safe.toString();
    }
}
