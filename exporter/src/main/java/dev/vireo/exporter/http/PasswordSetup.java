package dev.vireo.exporter.http;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Who may ask, from the file of users, and anew when it changes. */
final class PasswordSetup {
    private final Path file;
    private final WatchedFiles watched;
    private final Runnable changed;
    private volatile Passwords passwords;

    /**
     * @param changed called when other users or passwords hold from now on
     */
    PasswordSetup(Path file, Runnable changed) throws ServingException {
        this.file = file;
        this.changed = changed;
        watched = new WatchedFiles("the file of users and passwords", List.of(file), this::use);
        passwords = new Passwords(Map.of());
        watched.useFirst();
    }

    WatchedFiles watched() {
        return watched;
    }

    Passwords current() {
        return passwords;
    }

    private void use(List<String> texts) {
        try {
            passwords = PasswordFile.parse(texts.get(0));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        changed.run();
    }
}
