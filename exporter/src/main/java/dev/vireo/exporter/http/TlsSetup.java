package dev.vireo.exporter.http;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;

/** The server's TLS, from its files, and anew when they change. */
final class TlsSetup {
    private final TlsFiles files;
    private final WatchedFiles watched;
    private final CurrentTls tls;
    private volatile List<X509Certificate> chain = List.of();

    TlsSetup(TlsFiles files) throws ServingException {
        this.files = files;
        tls = new CurrentTls(files.clientAuthority() != null);
        watched = new WatchedFiles("the certificate for TLS", files.all(), this::use);
        watched.useFirst();
    }

    CurrentTls tls() {
        return tls;
    }

    WatchedFiles watched() {
        return watched;
    }

    private void use(List<String> texts) {
        TlsCredentials credentials = credentials(texts);
        tls.replace(in(files.certificate(), () -> TlsContexts.of(credentials)));
        chain = credentials.chain();
    }

    private TlsCredentials credentials(List<String> texts) {
        List<X509Certificate> certificates = in(files.certificate(), () -> chain(PemCertificates.parse(texts.get(0))));
        PrivateKey key = in(
                files.key(),
                () -> PemPrivateKey.parse(texts.get(1), certificates.get(0).getPublicKey()));
        Path authority = files.clientAuthority();
        List<X509Certificate> authorities =
                authority == null ? null : in(authority, () -> PemCertificates.parse(texts.get(2)));
        return in(files.key(), () -> new TlsCredentials(certificates, key, authorities));
    }

    /** Returns the first one and those that lead from it to its authority, in order; Java takes no others beside them. */
    private static List<X509Certificate> chain(List<X509Certificate> certificates) {
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(certificates.get(0));
        while (next.isPresent()) {
            chain.add(next.get());
            X500Principal issuer = next.get().getIssuerX500Principal();
            next = certificates.stream()
                    .filter(one -> one.getSubjectX500Principal().equals(issuer) && !chain.contains(one))
                    .findFirst();
        }
        return chain;
    }

    private static <T> T in(Path file, Supplier<T> parsed) {
        try {
            return parsed.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** Says so if clients will refuse the certificate for its dates. */
    Optional<String> outOfDate() {
        return chain.stream()
                .map(TlsSetup::outOfDate)
                .flatMap(Optional::stream)
                .findFirst()
                .map(problem -> files.certificate() + ": " + problem + ": renew it");
    }

    private static Optional<String> outOfDate(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return Optional.empty();
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return Optional.of("a certificate in it is out of date (" + e.getMessage() + ")");
        }
    }
}
