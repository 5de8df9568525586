package dev.vireo.driver.qemu.cgroup.percpu.btf;

/** Says that a kernel's types are not what they ought to be, or lack what is needed of them. */
public final class BtfException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param problem what is wrong or missing
     */
    public BtfException(String problem) {
        super(problem);
    }
}
