package dev.vireo.exporter.otlp;

import dev.vireo.ErrorCode;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends metrics and waits for the answer, no longer than it may: a receiver that begins to answer and does not end, which the
 * exporter would wait for without limit, is left to itself. Not thread-safe, but for closing.
 */
final class Sender implements AutoCloseable {
    static final String THREADS = "vireo-otlp";

    /** How many receivers' answers may be without end at the same time, each with a thread, before nothing more is sent. */
    private static final int MOST_ENDLESS = 4;

    private static final Duration GRACE = Duration.ofMillis(500);
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;

    private final OtlpSettings settings;
    private final List<Channel> endless = new ArrayList<>();
    private volatile Channel channel;
    private volatile boolean isClosed;

    Sender(OtlpSettings settings) {
        this.settings = settings;
        channel = new Channel(settings);
    }

    /** Returns null if the receiver has accepted them, else what went wrong. */
    @Nullable PushFailure send(Collection<MetricData> metrics) {
        boolean isLost = endless.contains(channel);
        endless.removeIf(Channel::hasEnded);
        if (isLost) {
            if (endless.size() >= MOST_ENDLESS) {
                return new PushFailure(
                        ErrorCode.RESOURCE_BUSY, "it has not come to the end of " + endless.size() + " answers yet");
            }
            replaceChannel();
        }
        CompletableResultCode result = channel.export(metrics);
        join(result, settings.timeout().plus(GRACE));
        if (!result.isDone()) {
            channel.close();
            endless.add(channel);
            return new PushFailure(
                    ErrorCode.OPERATION_TIMEOUT,
                    "it had not answered in full after " + OtlpSettings.seconds(settings.timeout()));
        }
        return result.isSuccess() ? null : failure(result.getFailureThrowable());
    }

    private void replaceChannel() {
        channel = new Channel(settings);
        if (isClosed) {
            channel.close();
        }
    }

    private static void join(CompletableResultCode result, Duration time) {
        result.join(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private PushFailure failure(@Nullable Throwable failed) {
        HttpResponse response = failed instanceof HttpExportException http ? http.getResponse() : null;
        if (response != null) {
            return refusal(response.getStatusCode());
        }
        Throwable cause = root(failed);
        if (cause instanceof HttpTimeoutException) {
            return new PushFailure(
                    ErrorCode.OPERATION_TIMEOUT,
                    "it had not answered after " + OtlpSettings.seconds(settings.timeout()));
        }
        // some of the JDK's have no message
        return cause instanceof ConnectException
                ? new PushFailure(ErrorCode.RPC, "no connection to it: " + cause)
                : new PushFailure(ErrorCode.RPC, String.valueOf(cause));
    }

    private static PushFailure refusal(int status) {
        boolean isOfAccess = status == UNAUTHORIZED || status == FORBIDDEN;
        boolean isOfContent = status == BAD_REQUEST || status == TOO_LARGE;
        ErrorCode code = isOfAccess ? ErrorCode.AUTH_FAILED : ErrorCode.HTTP_ERROR;
        return new PushFailure(code, "it answered with HTTP status " + status, isOfContent);
    }

    /** What says the most is wrapped by the exporter, the sender and a future. */
    private static @Nullable Throwable root(@Nullable Throwable failed) {
        Throwable cause = failed;
        while (cause != null
                && cause.getCause() != null
                && (cause instanceof HttpExportException
                        || cause instanceof CompletionException
                        || cause instanceof UncheckedIOException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Override
    public void close() {
        isClosed = true;
        channel.close();
    }
}
