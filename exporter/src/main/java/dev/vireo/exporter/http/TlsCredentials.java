package dev.vireo.exporter.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server shows of itself, and whom it asks to show what. Immutable.
 *
 * @param chain the server's certificate first
 * @param key the private key that belongs to it
 * @param clientAuthorities who signs the clients' certificates, or null: none is asked for
 */
record TlsCredentials(
        List<X509Certificate> chain,
        PrivateKey key,
        @Nullable List<X509Certificate> clientAuthorities) {
    /** Throws {@link IllegalArgumentException} if the key does not belong to the certificate. */
    TlsCredentials {
        PublicKey certified = chain.get(0).getPublicKey();
        if (!belongTogether(key, certified)) {
            throw new IllegalArgumentException("the private key is not the one of the certificate");
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) {
        byte[] message = "do they belong together?".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(signatureOf(certified.getAlgorithm()));
            signature.initSign(key);
            signature.update(message);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String signatureOf(String algorithm) {
        return switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default ->
                throw new IllegalArgumentException(
                        "the certificate's key is " + algorithm + ": RSA, EC or EdDSA is needed");
        };
    }
}
