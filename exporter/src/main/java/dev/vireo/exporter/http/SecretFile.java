package dev.vireo.exporter.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/** Reads the small files that the server is set up with. */
final class SecretFile {
    // Longer is no certificate chain and no list of users, but a mistake.
    private static final long LARGEST = 1024 * 1024;

    private SecretFile() {}

    /** Throws {@link IllegalArgumentException}, whose message names the file, if it cannot be read. */
    static String read(Path file) {
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

    /** Says so if any user of this host can read the file. */
    static Optional<String> readableByOthers(Path file) {
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
