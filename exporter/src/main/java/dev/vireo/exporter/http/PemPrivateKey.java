package dev.vireo.exporter.http;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Set;

/**
 * Reads the private key of a PEM file: PKCS#8, or RSA's and EC's own older forms (PKCS#1, SEC 1). Java reads PKCS#8
 * alone; the older forms become that by naming the algorithm beside them, which is the one of the certificate.
 */
final class PemPrivateKey {
    private static final Set<String> OLDER = Set.of("RSA PRIVATE KEY", "EC PRIVATE KEY");

    private PemPrivateKey() {}

    /** Throws {@link IllegalArgumentException} if there is none that fits {@code certified}, the certificate's key. */
    static PrivateKey parse(String text, PublicKey certified) {
        for (PemBlock block : PemBlock.parse(text)) {
            if (block.label().equals("PRIVATE KEY")) {
                return key(block.der(), certified);
            }
            if (OLDER.contains(block.label())) {
                return key(Der.pkcs8(certified, block.der()), certified);
            }
        }
        boolean encrypted = text.contains("ENCRYPTED");
        throw new IllegalArgumentException(
                encrypted
                        ? "the private key in it is encrypted: write it without a passphrase (openssl pkey -in FILE -out NEW),"
                                + " readable by the server alone"
                        : "no private key in it: a PEM file with \"-----BEGIN PRIVATE KEY-----\" is needed");
    }

    private static PrivateKey key(byte[] pkcs8, PublicKey certified) {
        try {
            return KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the private key in it is not one for the certificate, whose key is " + certified.getAlgorithm(),
                    e);
        }
    }
}
