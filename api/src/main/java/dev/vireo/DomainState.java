package dev.vireo;

/** Names the states of a domain: libvirt's {@code virDomainState}, in the order of its numbers. */
public enum DomainState {
    /** The state is not known. */
    NOSTATE,
    /** The domain is running. */
    RUNNING,
    /** The domain is blocked on a resource. */
    BLOCKED,
    /** The domain is paused by a user. */
    PAUSED,
    /** The domain is being shut down. */
    SHUTDOWN,
    /** The domain is shut off. */
    SHUTOFF,
    /** The domain has crashed. */
    CRASHED,
    /** The domain is suspended by guest power management. */
    PMSUSPENDED;

    /**
     * Returns the state with libvirt's number.
     *
     * @param number a {@code virDomainState}
     * @return the state, {@link #NOSTATE} for a number that this version does not know
     */
    public static DomainState ofNumber(int number) {
        DomainState[] states = values();
        return number >= 0 && number < states.length ? states[number] : NOSTATE;
    }
}
