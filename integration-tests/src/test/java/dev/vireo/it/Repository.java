package dev.vireo.it;

import java.nio.file.Path;

/** The working copy that is tested. */
public final class Repository {
    private Repository() {}

    public static Path root() {
        String root = System.getProperty("vireo.root");
        if (root == null) {
            throw new IllegalStateException("the build sets the system property vireo.root to the repository's root");
        }
        return Path.of(root);
    }
}
