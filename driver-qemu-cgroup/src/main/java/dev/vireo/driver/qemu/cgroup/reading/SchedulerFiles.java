package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the cpu controller in one control group, in either version's form. Opened for each reading. */
final class SchedulerFiles {
    /** What is said where nothing limits the group. */
    static final long NO_LIMIT = -1;

    private static final byte[] PERIODS = ascii("nr_periods");
    private static final byte[] THROTTLED = ascii("nr_throttled");
    private static final byte[] THROTTLED_NANOS = ascii("throttled_time");
    private static final byte[] THROTTLED_MICROS = ascii("throttled_usec");
    private static final long NANOS_PER_MICROSECOND = 1_000;

    /** The limit of a group, in microseconds. */
    record Limit(long period, long quota) {}

    /** How often and how long a group was held back, in nanoseconds. */
    record Throttling(long periods, long throttled, long nanos) {
        Throttling plus(Throttling other) {
            return new Throttling(periods + other.periods, throttled + other.throttled, nanos + other.nanos);
        }
    }

    private final boolean isV2;
    private final OpenFileBudget budget;
    private final KernelText text;

    SchedulerFiles(boolean isV2, OpenFileBudget budget, KernelText text) {
        this.isV2 = isV2;
        this.budget = budget;
        this.text = text;
    }

    private static byte[] ascii(String key) {
        return key.getBytes(StandardCharsets.US_ASCII);
    }

    /** Tells whether the controller is there at all: on v2 it is where the group above hands it down. */
    boolean hasController(Path group) {
        return Files.exists(group.resolve(isV2 ? "cpu.weight" : "cpu.shares"));
    }

    /** Tells whether the kernel can limit (CONFIG_CFS_BANDWIDTH). */
    boolean hasLimit(Path group) {
        return Files.exists(group.resolve(isV2 ? "cpu.max" : "cpu.cfs_quota_us"));
    }

    long weight(Path group) throws IOException {
        read(group, isV2 ? "cpu.weight" : "cpu.shares");
        return text.nextUnsigned();
    }

    Limit limit(Path group) throws IOException {
        if (isV2) {
            read(group, "cpu.max");
            long quota = nextQuota("max");
            return new Limit(text.nextUnsigned(), quota);
        }
        read(group, "cpu.cfs_period_us");
        long period = text.nextUnsigned();
        read(group, "cpu.cfs_quota_us");
        return new Limit(period, nextQuota("-1"));
    }

    private long nextQuota(String noLimit) throws IOException {
        if (text.skipWord(noLimit)) {
            return NO_LIMIT;
        }
        long quota = text.nextUnsigned();
        if (quota < 0) {
            throw text.malformed("a quota above 2^63 - 1");
        }
        return quota;
    }

    Throttling throttling(Path group) throws IOException {
        read(group, "cpu.stat");
        long periods = text.unsignedOf(PERIODS);
        long throttled = text.unsignedOf(THROTTLED);
        long time = isV2 ? text.unsignedOf(THROTTLED_MICROS) * NANOS_PER_MICROSECOND : text.unsignedOf(THROTTLED_NANOS);
        return new Throttling(periods, throttled, time);
    }

    private void read(Path group, String name) throws IOException {
        try (KernelFile file = new KernelFile(group.resolve(name), budget)) {
            file.read(text);
        }
    }
}
