package dev.vireo.cli;

import dev.vireo.ErrorCode;
import dev.vireo.HypervisorException;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of the CPU statistics were asked for by name; both are shown where none was.
 *
 * @param isTotal whether the total was
 * @param start the first CPU, null if not given
 * @param count how many CPU ids, null if not given
 */
record CpuStatsParts(
        boolean isTotal, @Nullable Integer start, @Nullable Integer count) {
    private boolean showsCpus() {
        return start != null || count != null;
    }

    void show(CpuStatsReading reading, CpuStatsLayout layout) {
        if (showsCpus() || isTotal) {
            runAsked(reading);
        } else {
            runBoth(reading, layout);
        }
    }

    private void runAsked(CpuStatsReading reading) {
        if (showsCpus()) {
            reading.readCpus(start == null ? 0 : start, count == null ? -1 : count);
        }
        if (isTotal) {
            reading.readTotal();
        }
    }

    private static void runBoth(CpuStatsReading reading, CpuStatsLayout layout) {
        RuntimeException noCpus = null;
        try {
            reading.readCpus(0, -1);
        } catch (HypervisorException | CommandFailure failure) {
            noCpus = unlessAboutTheDomain(failure);
            layout.cpusUnavailable(reason(failure));
        }
        try {
            reading.readTotal();
        } catch (HypervisorException | CommandFailure failure) {
            if (noCpus != null) {
                throw failure;
            }
            unlessAboutTheDomain(failure);
            layout.totalUnavailable(reason(failure));
        }
    }

    /** Throws an error that leaves nothing to be read at all; it is no property of one part. */
    private static RuntimeException unlessAboutTheDomain(RuntimeException failure) {
        ErrorCode code = failure instanceof HypervisorException error ? error.code() : ErrorCode.UNKNOWN;
        return switch (code) {
            case NO_DOMAIN, INVALID_CONN, NO_SUPPORT, OPERATION_INVALID -> throw failure;
            default -> failure;
        };
    }

    private static String reason(RuntimeException failure) {
        return String.valueOf(failure.getMessage());
    }
}
