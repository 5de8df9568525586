package dev.vireo.cli;

/**
 * Characters that nobody sees: two names that differ in one of them alone would look the same. Unicode's general categories tell
 * most of them, and its property Default_Ignorable_Code_Point the others; Java knows that one not.
 */
final class Invisible {
    /** From and to, in pairs: what is to be ignored by default and is neither a control nor a format character. */
    private static final int[] IGNORABLE = {
        0x034f, 0x034f, // combining grapheme joiner
        0x115f, 0x1160, // Hangul fillers
        0x17b4, 0x17b5, // inherent vowels of Khmer
        0x180b, 0x180f, // variation selectors of Mongolian
        0x2065, 0x2065,
        0x2800, 0x2800, // Braille without a dot, which no property names
        0x3164, 0x3164, // Hangul filler
        0xfe00, 0xfe0f, // variation selectors
        0xffa0, 0xffa0, // Hangul filler
        0xfff0, 0xfff8,
        0xe0000, 0xe0fff, // tags, and more variation selectors
    };

    private Invisible() {}

    /**
     * Tells whether a character is a control, a format character (joiners, bidirectional controls, tags), a separator, a blank that
     * is not the blank, a half of a pair alone, none at all, or ignorable.
     */
    static boolean is(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> character != ' ';
            default -> (character & 0xfffe) == 0xfffe || isNoCharacter(character) || isIgnorable(character);
        };
    }

    /** Tells whether a character stands over, under or around the one before, and has no column of its own. */
    static boolean isMark(int character) {
        if (character < 0x300 || isIgnorable(character)) {
            return false;
        }
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    private static boolean isNoCharacter(int character) {
        return character >= 0xfdd0 && character <= 0xfdef;
    }

    private static boolean isIgnorable(int character) {
        for (int i = 0; i < IGNORABLE.length; i += 2) {
            if (character >= IGNORABLE[i] && character <= IGNORABLE[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
