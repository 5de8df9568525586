package dev.vireo.exporter.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/** Reads certificates, passwords and tokens. */
public final class SecretFile {
    // Longer is no certificate chain and no list of users, but a mistake.
    private static final long LARGEST = 1024 * 1024;

    private SecretFile() {}

    /**
     * Reads a file as a whole.
     *
     * @param file the file
     * @return its bytes as characters, ISO 8859-1
     * @throws IllegalArgumentException if it cannot be read, or is longer than 1 MiB; the message names it
     */
    public static String read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(file + ": longer than 1 MiB");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException(file + ": not readable by the user that runs this", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Tells whether any user of this host can read a file.
     *
     * @param file the file
     * @return that in a sentence, with what to do; empty if none can, or it is not known
     */
    public static Optional<String> readableByOthers(Path file) {
        try {
            boolean readable = Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
            return readable
                    ? Optional.of(file + " can be read by every user of this host: chmod o-r " + file)
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
