package dev.vireo.driver.qemu.cgroup.percpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which source a guest's time is taken from: the best that can tell it. One that was passed over stays so for this run of the
 * guest, so that its numbers do not change their meaning back and forth. Not thread-safe.
 */
public final class SourceChoice {
    /**
     * What was chosen.
     *
     * @param source the source
     * @param times what it tells
     */
    public record Chosen(PerCpuSource source, SubtreeTimes times) {}

    private final PerCpuCounting counting;
    private final Map<PerCpuSource, String> passedOver = new EnumMap<>(PerCpuSource.class);
    private @Nullable Path newlyControlled;

    /**
     * Makes a choice among all sources of a connection.
     *
     * @param counting the sources
     */
    public SourceChoice(PerCpuCounting counting) {
        this.counting = counting;
    }

    /**
     * Opens the best source that has not been passed over.
     *
     * @param group the guest's control group
     * @param process the guest's process
     * @return what was chosen
     * @throws IOException if the group is gone
     * @throws PassedOverException if there is none, with all reasons
     */
    public Chosen open(Path group, int process) throws IOException, PassedOverException {
        for (PerCpuSource source : PerCpuSource.values()) {
            if (!counting.allows(source) || passedOver.containsKey(source)) {
                continue;
            }
            try {
                return new Chosen(source, counting.open(source, group, process));
            } catch (PassedOverException refused) {
                passedOver.put(source, refused.reason());
            }
        }
        throw new PassedOverException(reasons());
    }

    /**
     * Passes over a source that turned out not to know all.
     *
     * @param source the source
     * @param reason why
     */
    public void passOver(PerCpuSource source, String reason) {
        passedOver.put(source, reason);
    }

    /**
     * Notes that the cpu controller has been switched off, and maybe on again, since the guest began.
     *
     * @param group in which group
     */
    public void noteNewController(Path group) {
        newlyControlled = group;
    }

    /**
     * Tells whether the cpu controller is certainly younger than the guest.
     *
     * @param group in which group
     * @return whether that has been noted
     */
    public boolean isControllerNew(Path group) {
        return group.equals(newlyControlled);
    }

    /**
     * Returns what was passed over.
     *
     * @return from each source to the reason, best first
     */
    public Map<PerCpuSource, String> passedOver() {
        return Collections.unmodifiableMap(passedOver);
    }

    /**
     * Returns how much room a source's times take.
     *
     * @return a place for each possible CPU
     */
    public int cpus() {
        return counting.cpus();
    }

    /**
     * Counts the CPUs that are online.
     *
     * @return how many there are now
     * @throws IOException if that cannot be read now
     */
    public int onlineCpus() throws IOException {
        return counting.onlineCpus();
    }

    /**
     * Tells whether the guest is to be watched as soon as it is found.
     *
     * @return whether something counts already
     */
    public boolean isCounting() {
        return counting.isCounting();
    }

    private String reasons() {
        if (passedOver.isEmpty()) {
            return "cgroup v2 has no file of CPU times per CPU, and other sources are switched off (percpu=off); the total"
                    + " works";
        }
        StringBuilder reasons =
                new StringBuilder("cgroup v2 has no file of CPU times per CPU, and no source tells them:");
        passedOver.forEach((source, reason) ->
                reasons.append(' ').append(source).append(": ").append(reason).append(';'));
        return reasons.append(" the total works").toString();
    }
}
