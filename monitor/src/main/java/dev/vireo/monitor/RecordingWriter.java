package dev.vireo.monitor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Writes snapshots down, each with one call of the operating system, so that a process that dies loses at most the snapshot
 * that it was writing, and a full disk none that was written before. Not thread-safe.
 */
public final class RecordingWriter implements AutoCloseable {
    /** After so many domains, reasons and the like a new part begins, which introduces only what is still there. */
    private static final int MOST_ENTRIES = 100_000;

    private final Path file;
    private final FileChannel channel;
    private final SnapshotLines lines;
    private final StringBuilder text = new StringBuilder();
    private final CRC32 checksum = new CRC32();
    private long size;
    private @Nullable IOException failure;

    private RecordingWriter(Path file, FileChannel channel, long size, int mostEntries) {
        this.file = file;
        this.channel = channel;
        this.size = size;
        lines = new SnapshotLines(mostEntries);
    }

    /**
     * Opens a recording to be written: a new one, or one that is there already, which is continued after its last whole
     * snapshot. An unfinished snapshot behind that, which a killed writer left, is taken away.
     *
     * @param file the file; nobody else can write it until this writer is closed
     * @return a writer
     * @throws RecordingException if there is a file that is no recording, is damaged, is of a newer format or is being written
     * @throws IOException if it cannot be written
     */
    public static RecordingWriter open(Path file) throws IOException {
        return open(file, MOST_ENTRIES);
    }

    static RecordingWriter open(Path file, int mostEntries) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new RecordingException(file, 0, "a recording is a regular file, which this is not");
        }
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            lock(file, channel);
            long size = channel.size() == 0 ? begin(channel) : wholeBytes(file, channel);
            channel.truncate(size);
            channel.position(size);
            return new RecordingWriter(file, channel, size, mostEntries);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException ownOther) {
            // somebody else in this process
        }
        if (lock == null) {
            throw new RecordingException(file, 0, "the recording is being written by somebody else");
        }
    }

    private static long begin(FileChannel channel) throws IOException {
        write(channel, RecordingFormat.FIRST_LINE);
        return channel.position();
    }

    /** Reads through the same descriptor: when any other one of a file is closed, the kernel takes the lock away. */
    private static long wholeBytes(Path file, FileChannel channel) throws IOException {
        RecordingReader reader = RecordingReader.of(file, Channels.newInputStream(channel));
        while (reader.next() != null) {
            // up to the last whole one
        }
        return reader.wholeBytes();
    }

    /**
     * Writes a snapshot down. It is the operating system's when this returns.
     *
     * @param snapshot the snapshot
     * @throws IOException if it cannot be written; the recording then ends with the snapshot before, and this writer writes no
     *     more
     */
    public void append(Snapshot snapshot) throws IOException {
        if (failure != null) {
            throw new IOException(file + " could not be written before", failure);
        }
        text.setLength(0);
        lines.append(text, snapshot);
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        checksum.reset();
        checksum.update(body);
        text.append(RecordingFormat.END).append(' ').append(snapshot.size());
        text.append(' ').append(RecordingReader.checksum(checksum)).append('\n');
        try {
            write(channel, text);
            size = channel.position();
        } catch (IOException failed) {
            failure = failed;
            takeBack(failed);
            throw failed;
        }
    }

    private void takeBack(IOException failed) {
        try {
            channel.truncate(size);
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private static void write(FileChannel channel, CharSequence text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Returns how large the recording is.
     *
     * @return bytes, all of them in whole snapshots
     */
    public long size() {
        return size;
    }

    /**
     * Ends the recording, and has the operating system bring it to the disk.
     *
     * @throws IOException if it cannot
     */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (channel.isOpen()) {
                channel.force(false);
            }
        }
    }
}
