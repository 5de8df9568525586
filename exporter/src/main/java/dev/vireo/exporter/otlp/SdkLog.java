package dev.vireo.exporter.otlp;

import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps OpenTelemetry's exporter from telling by itself, with a stack trace each time, what is told here once. What it does for
 * others in the same program, on their threads, it may tell.
 */
final class SdkLog {
    // a logger that nobody holds loses its filter
    private static final Logger EXPORTER = Logger.getLogger("io.opentelemetry.exporter.otlp.internal.HttpExporter");
    private static final Logger SENDER =
            Logger.getLogger("io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSender");
    private static final ThreadLocal<Boolean> QUIET = ThreadLocal.withInitial(() -> false);

    private SdkLog() {}

    /** Runs something that the exporter is not to tell of. */
    static void quietly(Runnable work) {
        install();
        QUIET.set(true);
        try {
            work.run();
        } finally {
            QUIET.remove();
        }
    }

    private static synchronized void install() {
        for (Logger logger : new Logger[] {EXPORTER, SENDER}) {
            if (!(logger.getFilter() instanceof OtherThreads)) {
                logger.setFilter(new OtherThreads(logger.getFilter()));
            }
        }
    }

    private record OtherThreads(@Nullable Filter before) implements Filter {
        @Override
        public boolean isLoggable(LogRecord told) {
            return !QUIET.get() && (before == null || before.isLoggable(told));
        }
    }
}
