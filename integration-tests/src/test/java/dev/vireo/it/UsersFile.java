package dev.vireo.it;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who is let in, and with which password. */
final class UsersFile {
    private static final int COST = 6;

    private UsersFile() {}

    /** Writes one with one user. */
    static Path of(Path directory, String user, String password) throws IOException {
        String hash = BCrypt.withDefaults().hashToString(COST, password.toCharArray());
        return Files.writeString(directory.resolve("users"), user + ":" + hash + "\n");
    }
}
