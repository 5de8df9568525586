package dev.vireo.exporter.http;

import java.util.Map;
import java.util.Optional;

/** Knows the types of the files that a page is made of, by the end of their names. */
final class ContentTypes {
    private static final Map<String, String> BY_ENDING = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon");

    private ContentTypes() {}

    static Optional<String> of(String name) {
        return Optional.ofNullable(BY_ENDING.get(name.substring(name.lastIndexOf('.') + 1)));
    }
}
