package dev.vireo.exporter.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** One file of the page, as it is and compressed. Immutable; its content is shared and not written to. */
final class PageFile {
    private final String type;
    private final String tag;
    private final byte[] content;
    private final byte[] zipped;

    private PageFile(String type, String tag, byte[] content) {
        this.type = type;
        this.tag = tag;
        this.content = content;
        zipped = Gzip.compress(content);
    }

    static PageFile of(String type, byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            String tag = HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
            return new PageFile(type, tag, content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String type() {
        return type;
    }

    /** Returns what changes when the content does, and is not the same for what is compressed. */
    String tag(boolean compressed) {
        return "\"" + tag + (compressed ? "-gzip\"" : "\"");
    }

    byte[] content(boolean compressed) {
        return compressed ? zipped : content;
    }
}
