package dev.vireo;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A reusable table of a domain's vCPUs: number, state, the CPU each is on, run time and run delay in nanoseconds.
 *
 * <p>Rows are in ascending order of number; numbers may have gaps. It grows when a domain has more vCPUs than ever
 * before and is not reallocated otherwise. Mutable and not thread-safe: one for each thread that calls.
 */
public final class VcpuTimes {
    /** Names a column that a row may lack. */
    public enum Column {
        /** The host CPU that the vCPU is on. */
        CPU,
        /** The time that the vCPU has run. */
        RUN_TIME,
        /** The time that the vCPU was ready to run and waited for a host CPU. */
        DELAY
    }

    private int size;
    private int[] numbers;
    private VcpuState[] states;
    private int[] cpus;
    private long[] runTimes;
    private long[] delays;
    // one bit a column; absent and zero must never look alike
    private byte[] present;
    private final Map<Column, String> reasons = new EnumMap<>(Column.class);

    private VcpuTimes(int capacity) {
        numbers = new int[capacity];
        states = new VcpuState[capacity];
        cpus = new int[capacity];
        runTimes = new long[capacity];
        delays = new long[capacity];
        present = new byte[capacity];
    }

    /**
     * Allocates an empty table.
     *
     * @param capacity how many vCPUs it holds before it grows
     * @return the table
     */
    public static VcpuTimes allocate(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("negative capacity: " + capacity);
        }
        return new VcpuTimes(capacity);
    }

    /**
     * Returns how many vCPUs the last call found.
     *
     * @return the number of rows
     */
    public int size() {
        return size;
    }

    /**
     * Returns a vCPU's number.
     *
     * @param row which row
     * @return the number
     */
    public int number(int row) {
        return numbers[check(row)];
    }

    /**
     * Returns a vCPU's state.
     *
     * @param row which row
     * @return the state
     */
    public VcpuState state(int row) {
        return states[check(row)];
    }

    /**
     * Tells whether a row has a value in a column.
     *
     * @param row which row
     * @param column which column
     * @return whether the column's method answers
     */
    public boolean has(int row, Column column) {
        return (present[check(row)] & bit(column)) != 0;
    }

    /**
     * Returns the host CPU that a vCPU is on or was on last.
     *
     * @param row which row
     * @return the CPU id
     * @throws IllegalStateException if the row lacks it
     */
    public int cpu(int row) {
        return cpus[checkPresent(row, Column.CPU)];
    }

    /**
     * Returns the time that a vCPU has run.
     *
     * @param row which row
     * @return nanoseconds, unsigned
     * @throws IllegalStateException if the row lacks it
     */
    public long runTimeNanos(int row) {
        return runTimes[checkPresent(row, Column.RUN_TIME)];
    }

    /**
     * Returns the time that a vCPU was ready to run and waited for a host CPU: what guests see as steal.
     *
     * @param row which row
     * @return nanoseconds, unsigned
     * @throws IllegalStateException if the row lacks it
     */
    public long delayNanos(int row) {
        return delays[checkPresent(row, Column.DELAY)];
    }

    /**
     * Returns why a column is missing.
     *
     * @param column which column
     * @return the reason, empty if the driver gave none
     */
    public Optional<String> reason(Column column) {
        return Optional.ofNullable(reasons.get(column));
    }

    /** Removes all rows and reasons. The library does this before each call of a driver. */
    public void clear() {
        size = 0;
        reasons.clear();
    }

    /**
     * Adds a vCPU; its columns are missing until they are set. Called by a driver, in ascending order of number.
     *
     * @param number the vCPU's number
     * @param state its state
     * @return its row
     */
    public int add(int number, VcpuState state) {
        if (size == numbers.length) {
            grow();
        }
        numbers[size] = number;
        states[size] = Objects.requireNonNull(state, "state");
        present[size] = 0;
        return size++;
    }

    /**
     * Sets the host CPU of a vCPU.
     *
     * @param row which row
     * @param cpu the CPU id
     */
    public void setCpu(int row, int cpu) {
        cpus[check(row)] = cpu;
        present[row] |= bit(Column.CPU);
    }

    /**
     * Sets the time that a vCPU has run.
     *
     * @param row which row
     * @param nanos nanoseconds, unsigned
     */
    public void setRunTimeNanos(int row, long nanos) {
        runTimes[check(row)] = nanos;
        present[row] |= bit(Column.RUN_TIME);
    }

    /**
     * Sets the time that a vCPU was ready to run and waited.
     *
     * @param row which row
     * @param nanos nanoseconds, unsigned
     */
    public void setDelayNanos(int row, long nanos) {
        delays[check(row)] = nanos;
        present[row] |= bit(Column.DELAY);
    }

    /**
     * Says why a column is missing, in some rows or in all.
     *
     * @param column which column
     * @param reason why, fit to be shown after "unavailable, because"
     */
    public void setReason(Column column, String reason) {
        reasons.put(column, Objects.requireNonNull(reason, "reason"));
    }

    private int check(int row) {
        return Objects.checkIndex(row, size);
    }

    private int checkPresent(int row, Column column) {
        if (!has(row, column)) {
            throw new IllegalStateException("vCPU " + number(row) + " has no " + column);
        }
        return row;
    }

    private static byte bit(Column column) {
        return (byte) (1 << column.ordinal());
    }

    private void grow() {
        int capacity = Math.max(4, size * 2);
        numbers = Arrays.copyOf(numbers, capacity);
        states = Arrays.copyOf(states, capacity);
        cpus = Arrays.copyOf(cpus, capacity);
        runTimes = Arrays.copyOf(runTimes, capacity);
        delays = Arrays.copyOf(delays, capacity);
        present = Arrays.copyOf(present, capacity);
    }
}
