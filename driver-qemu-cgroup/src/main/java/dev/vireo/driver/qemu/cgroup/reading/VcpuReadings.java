package dev.vireo.driver.qemu.cgroup.reading;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The times of a guest's vCPUs, in nanoseconds, in ascending order of their numbers. Not thread-safe. */
final class VcpuReadings {
    private int size;
    private int[] numbers = new int[8];
    private long[] runTimes = new long[8];
    private long[] delays = new long[8];
    private @Nullable String[] reasons = new @Nullable String[8];

    void begin() {
        size = 0;
    }

    void add(int number, long runTime, long delay) {
        int row = put(number, null); // first: it may make room, in other arrays
        runTimes[row] = runTime;
        delays[row] = delay;
    }

    void addUnavailable(int number, String reason) {
        put(number, reason);
    }

    int size() {
        return size;
    }

    int number(int row) {
        return numbers[row];
    }

    /** Returns why a row has no times, null if it has. */
    @Nullable String reason(int row) {
        return reasons[row];
    }

    long runTime(int row) {
        return runTimes[row];
    }

    long delay(int row) {
        return delays[row];
    }

    private int put(int number, @Nullable String reason) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
            runTimes = Arrays.copyOf(runTimes, size * 2);
            delays = Arrays.copyOf(delays, size * 2);
            reasons = Arrays.copyOf(reasons, size * 2);
        }
        numbers[size] = number;
        reasons[size] = reason;
        return size++;
    }
}
