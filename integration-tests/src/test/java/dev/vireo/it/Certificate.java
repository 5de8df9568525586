package dev.vireo.it;

import java.nio.file.Path;

/**
 * A certificate and its key, in files.
 *
 * @param certificate the certificate, as PEM
 * @param key the key, as PEM
 */
record Certificate(Path certificate, Path key) {}
