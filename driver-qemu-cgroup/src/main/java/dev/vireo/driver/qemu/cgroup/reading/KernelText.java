package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The text of a kernel file, in memory that is used again for the next one, and a walk through its numbers without garbage.
 * A number that is not whole, or above 2^64 - 1, is an error that names the file. Not thread-safe.
 */
public final class KernelText {
    private static final Path NO_FILE = Path.of("");
    // 2^64 - 1 divided by ten, and what is left
    private static final long LARGEST_TENTH = 0x1999_9999_9999_9999L;
    private static final int LARGEST_LAST_DIGIT = 5;

    /** What the kernel writes to; Java would copy through such a buffer of its own, at more cost. */
    private ByteBuffer buffer = ByteBuffer.allocateDirect(1024);

    private byte[] text = new byte[1024];
    private Path path = NO_FILE;
    private int length;
    private int position;

    /** Makes room for text. */
    public KernelText() {}

    void begin(Path file) {
        path = file;
        length = 0;
        position = 0;
    }

    /** Takes the whole text in one reading: the kernel makes it anew for each, so two parts need not fit together. */
    void fill(FileChannel file) throws IOException {
        int count = file.read(buffer.clear(), 0);
        while (count == buffer.capacity()) {
            buffer = ByteBuffer.allocateDirect(count * 2);
            text = new byte[count * 2];
            count = file.read(buffer, 0);
        }
        length = Math.max(count, 0);
        buffer.get(0, text, 0, length);
    }

    /**
     * Tells whether this is the same text as one kept, byte for byte.
     *
     * @param other bytes
     * @return whether they are equal
     */
    public boolean isSameAs(byte[] other) {
        return Arrays.equals(text, 0, length, other, 0, other.length);
    }

    /**
     * Copies the text.
     *
     * @return its bytes
     */
    public byte[] copy() {
        return Arrays.copyOf(text, length);
    }

    /** Tells whether there is nothing but white space up to the end. */
    boolean isAtEnd() {
        skipSpace();
        return position == length;
    }

    /**
     * Returns the next number.
     *
     * @return the number, unsigned
     * @throws MalformedFileException if there is none, or one above 2^64 - 1
     */
    public long nextUnsigned() throws MalformedFileException {
        skipSpace();
        // local variables: fields would be written at each digit
        byte[] bytes = text;
        int start = position;
        int at = start;
        long number = 0;
        for (int digit = digitAt(bytes, at); digit >= 0; digit = digitAt(bytes, at)) {
            if (number < 0 || number >= LARGEST_TENTH) {
                checkRoomFor(number, digit, start);
            }
            number = number * 10 + digit;
            at++;
        }
        position = at;
        if (at == start || (at < length && !isSpace(bytes[at]))) {
            throw malformed("no whole number at byte " + start);
        }
        return number;
    }

    /** Returns -1 where there is no digit. */
    private int digitAt(byte[] bytes, int at) {
        if (at >= length) {
            return -1;
        }
        int digit = bytes[at] - '0';
        return digit > 9 ? -1 : digit;
    }

    private void checkRoomFor(long number, int digit, int start) throws MalformedFileException {
        int compared = Long.compareUnsigned(number, LARGEST_TENTH);
        if (compared > 0 || (compared == 0 && digit > LARGEST_LAST_DIGIT)) {
            throw malformed("a number above 2^64 - 1 at byte " + start);
        }
    }

    /** Returns the number behind a key at the start of a line; other lines may stand around it. */
    long unsignedOf(byte[] key) throws MalformedFileException {
        if (!goTo(key)) {
            throw malformed("no line '" + new String(key, StandardCharsets.US_ASCII) + "'");
        }
        int at = position;
        while (at < length && text[at] == ' ') {
            at++;
        }
        position = at;
        if (at < length && text[at] == '\n') {
            // the next line's is not its
            throw malformed("no number behind '" + new String(key, StandardCharsets.US_ASCII) + "'");
        }
        return nextUnsigned();
    }

    /**
     * Goes behind a key at the start of a line. Keys are looked for from the line on that was read last: they stand in the
     * order in which they are asked for, as a rule.
     *
     * @param key the whole first word of the line
     * @return false if there is no such line
     */
    public boolean goTo(byte[] key) {
        int start = position == 0 ? 0 : nextLine(position);
        return goTo(key, start, length) || goTo(key, 0, start);
    }

    private boolean goTo(byte[] key, int from, int to) {
        for (int at = from; at < to; at = nextLine(at)) {
            int end = at + key.length;
            if (end < length && text[end] == ' ' && Arrays.equals(text, at, end, key, 0, key.length)) {
                position = end;
                return true;
            }
        }
        return false;
    }

    private int nextLine(int from) {
        int at = from;
        while (at < length && text[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, length);
    }

    /** Goes behind the name in parentheses of a {@code stat} file, which may hold spaces and parentheses of its own. */
    void skipName() throws MalformedFileException {
        int at = length - 1;
        while (at >= 0 && text[at] != ')') {
            at--;
        }
        if (at < 0) {
            throw malformed("no name in parentheses");
        }
        position = at + 1;
    }

    /** Returns the letter that is the next word. */
    byte nextLetter() throws MalformedFileException {
        skipSpace();
        if (position == length) {
            throw malformed("it ends where a letter is due");
        }
        return text[position++];
    }

    /** Goes behind the next word if it is this one; returns whether it is. */
    boolean skipWord(String word) {
        skipSpace();
        int end = position + word.length();
        boolean isNext = end <= length && (end == length || isSpace(text[end]));
        for (int i = 0; isNext && i < word.length(); i++) {
            isNext = text[position + i] == word.charAt(i);
        }
        if (isNext) {
            position = end;
        }
        return isNext;
    }

    /** Goes behind this many words. */
    void skipWords(int count) {
        for (int i = 0; i < count; i++) {
            skipSpace();
            while (position < length && !isSpace(text[position])) {
                position++;
            }
        }
    }

    MalformedFileException malformed(String problem) {
        return new MalformedFileException(path, problem);
    }

    private void skipSpace() {
        int at = position;
        while (at < length && isSpace(text[at])) {
            at++;
        }
        position = at;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\t';
    }
}
