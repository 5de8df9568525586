package dev.vireo.exporter.http;

import java.lang.ref.WeakReference;

/**
 * Compresses a document once, whoever asks for it: as long as the very same array is given, all get the same one back.
 * Thread-safe; who comes while it is compressed waits for that.
 */
final class CompressedDocument {
    // Weak: it tells whether the array is the same, and does not keep a document that nobody asks for any more.
    private WeakReference<byte[]> plain = new WeakReference<>(null);
    private byte[] compressed = new byte[0];

    /** Returns the document in the gzip format; the array is shared, and must not be written to. */
    synchronized byte[] of(byte[] document) {
        if (plain.get() != document) {
            compressed = Gzip.compress(document);
            plain = new WeakReference<>(document);
        }
        return compressed;
    }
}
