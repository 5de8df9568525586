package dev.vireo.driver.qemu.cgroup.reading;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A kernel file that stays open: {@link #reread()} takes its text as it is now, the other methods walk through that text
 * and make no garbage.
 *
 * <p>A {@link RandomAccessFile} and not a {@code FileChannel}, which an interrupted reader would close under all others.
 * Not thread-safe: its owner's lock guards it.
 */
final class KernelFile implements AutoCloseable {
    // 2^64 - 1 divided by ten, and what is left
    private static final long LARGEST_TENTH = 0x1999_9999_9999_9999L;
    private static final int LARGEST_LAST_DIGIT = 5;

    private final Path path;
    private final RandomAccessFile file;
    private byte[] text = new byte[256];
    private int length;
    private int position;

    KernelFile(Path path) throws IOException {
        this.path = path;
        this.file = open(path);
    }

    /** Opens a file; RandomAccessFile tells what is wrong only in the words of the caller's language. */
    private static RandomAccessFile open(Path path) throws IOException {
        try {
            return new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException failed) {
            if (Files.notExists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            if (!Files.isReadable(path)) {
                throw new AccessDeniedException(path.toString());
            }
            throw failed;
        }
    }

    /** Takes the file's text as it is now, and goes to its start. */
    void reread() throws IOException {
        file.seek(0);
        length = 0;
        position = 0;
        int count = file.read(text);
        // these files are made whole at each read, so an answer shorter than the room for it is their end
        while (count == text.length - length) {
            length += count;
            text = Arrays.copyOf(text, length * 2);
            count = file.read(text, length, text.length - length);
        }
        length += Math.max(count, 0);
    }

    /** Tells whether there is nothing but white space up to the end. */
    boolean isAtEnd() {
        skipSpace();
        return position == length;
    }

    /** Returns the next number, unsigned; there must be one. */
    long nextUnsigned() throws MalformedFileException {
        skipSpace();
        int start = position;
        long number = 0;
        while (position < length && isDigit(text[position])) {
            int digit = text[position++] - '0';
            int compared = Long.compareUnsigned(number, LARGEST_TENTH);
            if (compared > 0 || (compared == 0 && digit > LARGEST_LAST_DIGIT)) {
                throw malformed("a number above 2^64 - 1 at byte " + start);
            }
            number = number * 10 + digit;
        }
        if (position == start || (position < length && !isSpace(text[position]))) {
            throw malformed("no whole number at byte " + start);
        }
        return number;
    }

    /** Returns the number behind a key at the start of a line; other lines may stand around it. */
    long unsignedOf(byte[] key) throws MalformedFileException {
        for (position = 0; position < length; skipLine()) {
            if (startsWith(key) && position + key.length < length && text[position + key.length] == ' ') {
                position += key.length;
                return nextUnsigned();
            }
        }
        throw malformed("no line '" + new String(key, java.nio.charset.StandardCharsets.US_ASCII) + "'");
    }

    MalformedFileException malformed(String problem) {
        return new MalformedFileException(path, problem);
    }

    private boolean startsWith(byte[] key) {
        return position + key.length <= length
                && Arrays.equals(text, position, position + key.length, key, 0, key.length);
    }

    private void skipLine() {
        while (position < length && text[position] != '\n') {
            position++;
        }
        position++;
    }

    private void skipSpace() {
        while (position < length && isSpace(text[position])) {
            position++;
        }
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\t';
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
