package dev.vireo.spi;

import dev.vireo.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a connection can do: an entry for each operation that it has, none for those that it lacks.
 *
 * <p>An absent entry stays absent, so that {@link dev.vireo.Connection#supports} is a true answer: never fill one with a
 * function that throws. Immutable and thread-safe. In libvirt this is {@code virHypervisorDriver}.
 */
public final class DriverTable {
    private static final List<Set<Operation>> TOGETHER = List.of(
            EnumSet.of(
                    Operation.CONNECT_START_CPU_ACCOUNTING,
                    Operation.CONNECT_STOP_CPU_ACCOUNTING,
                    Operation.CONNECT_GET_CPU_ACCOUNTING),
            EnumSet.of(Operation.DOMAIN_SUSPEND, Operation.DOMAIN_RESUME));

    private final @Nullable Object[] entries;
    private final Set<Operation> operations;

    private DriverTable(@Nullable Object[] entries, Set<Operation> operations) {
        this.entries = entries;
        this.operations = operations;
    }

    /**
     * Starts a table.
     *
     * @return a builder without entries
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the entry of a slot.
     *
     * @param slot which operation
     * @param <F> what a driver implements for it
     * @return the driver's function, null if the driver does not have the operation
     */
    public <F> @Nullable F find(Slot<F> slot) {
        return slot.type().cast(entries[slot.operation().ordinal()]);
    }

    /**
     * Returns the operations that have an entry.
     *
     * @return an immutable set
     */
    public Set<Operation> operations() {
        return operations;
    }

    @Override
    public String toString() {
        return operations.toString();
    }

    /** Fills a {@link DriverTable}. Not thread-safe. */
    public static final class Builder {
        private final @Nullable Object[] entries = new @Nullable Object[Operation.values().length];
        private final Set<Operation> operations = EnumSet.noneOf(Operation.class);
        private final List<String> problems = new ArrayList<>();

        private Builder() {}

        /**
         * Adds an entry.
         *
         * @param slot which operation
         * @param function what does it
         * @param <F> what a driver implements for it
         * @return this builder
         */
        public <F> Builder with(Slot<F> slot, F function) {
            Operation operation = slot.operation();
            if (function == null) { // a driver's own code may not be null-checked
                problems.add(operation + " is null; leave an operation out that the driver lacks");
            }
            if (!operations.add(operation)) {
                problems.add(operation + " is there twice");
            }
            entries[operation.ordinal()] = function;
            return this;
        }

        /**
         * Makes the table.
         *
         * @return an immutable table
         * @throws IllegalStateException that names everything that is wrong with it at once
         */
        public DriverTable build() {
            for (Set<Operation> together : TOGETHER) {
                Set<Operation> missing = EnumSet.copyOf(together);
                missing.removeAll(operations);
                if (!missing.isEmpty() && missing.size() < together.size()) {
                    problems.add(together + " belong together, and " + missing + " is missing");
                }
            }
            if (!problems.isEmpty()) {
                throw new IllegalStateException("driver table: " + String.join("; ", problems));
            }
            return new DriverTable(entries.clone(), Set.copyOf(operations));
        }
    }
}
