package dev.vireo.driver.libvirt;

import dev.vireo.HypervisorException;
import dev.vireo.driver.libvirt.binding.DomainIdentity;
import dev.vireo.driver.libvirt.binding.StatsRecord;
import dev.vireo.driver.libvirt.binding.StatsRecords;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a few guests' monitors tell in one call, while that is under way and afterwards. Not thread-safe. */
final class MonitorAnswers implements AutoCloseable {
    private final Supplier<@Nullable StatsRecords> call;
    private final Map<DomainIdentity, StatsRecord> answers = new HashMap<>();
    private @Nullable StatsRecords records;
    private boolean isAwaited;

    /**
     * Makes them.
     *
     * @param call waits for the call; null where one of the guests does not answer
     */
    MonitorAnswers(Supplier<@Nullable StatsRecords> call) {
        this.call = call;
    }

    /** Waits; false if nothing came, and whoever wants to know why asks the domains one by one. */
    boolean areThere() {
        if (!isAwaited) {
            isAwaited = true;
            await();
        }
        return records != null;
    }

    /** Returns what was told of a run, good until this is closed; null if libvirt told nothing of it. */
    @Nullable StatsRecord of(LibvirtDomain run) {
        return answers.get(run.identity());
    }

    private void await() {
        try {
            records = call.get();
        } catch (HypervisorException failed) {
            return;
        }
        for (int i = 0; records != null && i < records.size(); i++) {
            answers.put(records.domain(i), records.stats(i));
        }
    }

    /** Frees what came. A call that nobody has waited for is waited for, or left behind. */
    @Override
    public void close() {
        if (areThere() && records != null) {
            records.close();
        }
    }
}
