package dev.vireo.exporter.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the files of the page: those that lie beside a class on the class path, or in its module. Only names of a file are
 * looked for, never paths, and only of the kinds that a page is made of. Thread-safe.
 */
public final class PageFiles {
    // A name that begins with a dot or has a separator in it is none.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)+");
    private static final int LONGEST_NAME = 100;

    private final Class<?> anchor;

    private PageFiles(Class<?> anchor) {
        this.anchor = anchor;
    }

    /** Returns the files in the package of {@code anchor}; {@code index.html} is the page itself. */
    public static PageFiles beside(Class<?> anchor) {
        return new PageFiles(Objects.requireNonNull(anchor, "anchor"));
    }

    Optional<PageFile> find(String name) throws IOException {
        Optional<String> type = ContentTypes.of(name);
        if (type.isEmpty()
                || name.length() > LONGEST_NAME
                || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (InputStream in = anchor.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(PageFile.of(type.get(), in.readAllBytes()));
        }
    }
}
