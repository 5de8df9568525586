package dev.vireo.exporter.otlp;

import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.Collection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** OpenTelemetry's exporter and the one thread on which it sends. */
final class Channel implements AutoCloseable {
    private final ThreadPoolExecutor executor;
    private final OtlpHttpMetricExporter exporter;

    Channel(OtlpSettings settings) {
        // the thread may not be back yet from the push before when the next one comes
        executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), Channel::makeThread);
        OtlpHttpMetricExporterBuilder builder = OtlpHttpMetricExporter.builder()
                .setEndpoint(settings.endpoint().toString())
                .setTimeout(settings.timeout())
                .setConnectTimeout(settings.timeout())
                .setCompression(settings.compression())
                .setHeaders(settings.headers())
                // the next push tells more than the same again would
                .setRetryPolicy(null)
                .setMeterProvider(MeterProvider.noop())
                .setExecutorService(executor);
        Credentials credentials = settings.credentials();
        if (credentials != null) {
            credentials.applyTo(builder);
        }
        exporter = builder.build();
    }

    private static Thread makeThread(Runnable work) {
        Thread thread = new Thread(() -> SdkLog.quietly(work), Sender.THREADS + "-sender");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to send. */
    CompletableResultCode export(Collection<MetricData> metrics) {
        CompletableResultCode[] result = new CompletableResultCode[1];
        SdkLog.quietly(() -> result[0] = exporter.export(metrics));
        return result[0];
    }

    /** Tells whether the thread has ended, as it does some time after this was closed. */
    boolean hasEnded() {
        return executor.isTerminated();
    }

    /** Interrupts what is being sent. The exporter is not shut down: from Java 21 on that waits for the receiver. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
