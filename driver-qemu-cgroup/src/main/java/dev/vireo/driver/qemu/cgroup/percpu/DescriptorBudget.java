package dev.vireo.driver.qemu.cgroup.percpu;

/** Says how many descriptors may stay open. Thread-safe. */
public interface DescriptorBudget {
    /**
     * Takes one.
     *
     * @return false if none is left
     */
    boolean take();

    /** Gives one back. */
    void giveBack();
}
