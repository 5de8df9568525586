package dev.vireo.exporter.http;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads the certificates of a PEM file, in its order; keys in it are passed over. */
final class PemCertificates {
    private PemCertificates() {}

    /**
     * Throws {@link IllegalArgumentException} if there is none, or one cannot be read.
     */
    static List<X509Certificate> parse(String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : PemBlock.parse(text)) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                certificates.add(certificate(block, certificates.size() + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(
                    "no certificate in it: a PEM file with \"-----BEGIN CERTIFICATE-----\" is needed");
        }
        return certificates;
    }

    private static X509Certificate certificate(PemBlock block, int number) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("certificate " + number + " in it cannot be read: " + e.getMessage(), e);
        }
    }
}
