package dev.vireo.exporter.page;

import java.util.Arrays;

/**
 * Writes one JSON document as UTF-8. It has what a frame needs and no more: no reflection, no objects on the way, numbers
 * with as many digits as they mean. Whether a comma is due is read off the last byte. Not thread-safe.
 */
final class JsonBytes {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int DECIMALS = 10_000;

    private byte[] bytes;
    private int length;

    JsonBytes(int expected) {
        bytes = new byte[Math.max(64, expected)];
    }

    JsonBytes beginObject() {
        return begin('{');
    }

    JsonBytes endObject() {
        return put('}');
    }

    JsonBytes beginArray() {
        return begin('[');
    }

    JsonBytes endArray() {
        return put(']');
    }

    JsonBytes key(String name) {
        return string(name).put(':');
    }

    JsonBytes nothing() {
        return literal("null");
    }

    JsonBytes number(long number) {
        return literal(Long.toString(number));
    }

    JsonBytes unsigned(long number) {
        return literal(Long.toUnsignedString(number));
    }

    /** Writes a number that is not negative with at most four digits behind the point. */
    JsonBytes decimal(double number) {
        separate();
        long scaled = Math.round(number * DECIMALS);
        digits(scaled / DECIMALS);
        int fraction = (int) (scaled % DECIMALS);
        if (fraction > 0) {
            put('.');
            for (int unit = DECIMALS / 10; fraction > 0; unit /= 10) {
                put((char) ('0' + fraction / unit));
                fraction %= unit;
            }
        }
        return this;
    }

    JsonBytes string(String text) {
        separate();
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isSurrogate(character)) {
                i += surrogate(text, i);
            } else {
                character(character);
            }
        }
        return put('"');
    }

    /** Returns what was written, as an array of its own. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    int length() {
        return length;
    }

    private JsonBytes begin(char bracket) {
        separate();
        return put(bracket);
    }

    private JsonBytes literal(String ascii) {
        separate();
        for (int i = 0; i < ascii.length(); i++) {
            put(ascii.charAt(i));
        }
        return this;
    }

    private void separate() {
        byte last = length == 0 ? (byte) '{' : bytes[length - 1];
        if (last != '{' && last != '[' && last != ':') {
            put(',');
        }
    }

    private void digits(long number) {
        if (number < 10) {
            put((char) ('0' + number));
        } else {
            literalDigits(Long.toString(number));
        }
    }

    private void literalDigits(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            put(digits.charAt(i));
        }
    }

    /** Writes the pair that begins here and returns 1; half a pair, which UTF-8 has no bytes for, is escaped, and that is 0. */
    private int surrogate(String text, int i) {
        char high = text.charAt(i);
        if (Character.isHighSurrogate(high) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
            int point = Character.toCodePoint(high, text.charAt(i + 1));
            put((char) (0xf0 | (point >> 18)));
            put((char) (0x80 | ((point >> 12) & 0x3f)));
            put((char) (0x80 | ((point >> 6) & 0x3f)));
            put((char) (0x80 | (point & 0x3f)));
            return 1;
        }
        escaped(high);
        return 0;
    }

    private void character(char character) {
        if (character == '"' || character == '\\') {
            put('\\').put(character);
        } else if (character < 0x20 || character == 0x2028 || character == 0x2029) {
            escaped(character);
        } else if (character < 0x80) {
            put(character);
        } else if (character < 0x800) {
            put((char) (0xc0 | (character >> 6)));
            put((char) (0x80 | (character & 0x3f)));
        } else {
            put((char) (0xe0 | (character >> 12)));
            put((char) (0x80 | ((character >> 6) & 0x3f)));
            put((char) (0x80 | (character & 0x3f)));
        }
    }

    private void escaped(char character) {
        put('\\').put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put((char) HEX[(character >> shift) & 0xf]);
        }
    }

    private JsonBytes put(char octet) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) octet;
        return this;
    }
}
