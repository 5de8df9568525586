package dev.vireo.exporter.otlp;

import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a push over TLS takes: whom to trust, and who one is; PEM, as it was in the files. */
final class Credentials {
    private final byte @Nullable [] authorities;
    private final byte @Nullable [] key;
    private final byte @Nullable [] certificate;

    private Credentials(byte @Nullable [] authorities, byte @Nullable [] key, byte @Nullable [] certificate) {
        this.authorities = authorities;
        this.key = key;
        this.certificate = certificate;
    }

    /** Reads the files and looks into them; returns null if there is none. */
    static @Nullable Credentials read(@Nullable Path authorities, @Nullable Path key, @Nullable Path certificate) {
        if (key == null != (certificate == null)) {
            throw new IllegalArgumentException(
                    "a client's key and its certificate go together; one of them is missing");
        }
        if (authorities == null && key == null) {
            return null;
        }
        Credentials credentials = new Credentials(bytes(authorities), bytes(key), bytes(certificate));
        try {
            OtlpHttpMetricExporterBuilder trial = OtlpHttpMetricExporter.builder();
            credentials.applyTo(trial);
            trial.build().shutdown();
        } catch (RuntimeException wrong) {
            Throwable cause = wrong.getCause() == null ? wrong : wrong.getCause();
            throw new IllegalArgumentException(
                    "not what TLS takes, as PEM: " + named(authorities, key, certificate) + ": " + cause.getMessage(),
                    wrong);
        }
        return credentials;
    }

    void applyTo(OtlpHttpMetricExporterBuilder exporter) {
        if (authorities != null) {
            exporter.setTrustedCertificates(authorities);
        }
        if (key != null && certificate != null) {
            exporter.setClientTls(key, certificate);
        }
    }

    private static String named(@Nullable Path... files) {
        StringBuilder names = new StringBuilder();
        for (Path file : files) {
            if (file != null) {
                names.append(names.isEmpty() ? "" : ", ").append(file);
            }
        }
        return names.toString();
    }

    private static byte @Nullable [] bytes(@Nullable Path file) {
        try {
            return file == null ? null : Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "a file of certificates or keys cannot be read: " + unreadable, unreadable);
        }
    }
}
