package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.driver.qemu.cgroup.linux.OpenFileLimit;
import dev.vireo.driver.qemu.cgroup.percpu.DescriptorBudget;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How many files may stay open. Thread-safe. */
public final class OpenFileBudget implements DescriptorBudget {
    private static @Nullable OpenFileBudget shared;

    private final int limit;
    private final AtomicInteger used = new AtomicInteger();

    /**
     * Makes a budget of which nothing is used.
     *
     * @param limit how many files
     */
    public OpenFileBudget(int limit) {
        this.limit = limit;
    }

    /**
     * Returns the budget that all connections of this process share: half of the soft limit of descriptors, so that the
     * program around them keeps the other half.
     *
     * @return the one budget
     * @throws IOException if the limit cannot be asked for
     */
    public static synchronized OpenFileBudget ofThisProcess() throws IOException {
        OpenFileBudget budget = shared;
        if (budget == null) {
            budget = new OpenFileBudget(OpenFileLimit.soft() / 2);
            shared = budget;
        }
        return budget;
    }

    @Override
    public boolean take() {
        int before = used.get();
        while (before < limit && !used.compareAndSet(before, before + 1)) {
            before = used.get();
        }
        return before < limit;
    }

    @Override
    public void giveBack() {
        used.decrementAndGet();
    }
}
