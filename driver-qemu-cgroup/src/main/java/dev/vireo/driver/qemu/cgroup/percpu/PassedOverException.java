package dev.vireo.driver.qemu.cgroup.percpu;

/** Says why a source cannot tell the time of a control group, and what would help. */
public final class PassedOverException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Makes one.
     *
     * @param reason why, for people
     */
    public PassedOverException(String reason) {
        super(reason);
    }

    /**
     * Makes one.
     *
     * @param reason why, for people
     * @param cause what failed
     */
    public PassedOverException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /**
     * Returns the reason.
     *
     * @return why, for people
     */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
