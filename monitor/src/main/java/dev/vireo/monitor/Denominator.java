package dev.vireo.monitor;

/** Names what 100 % of a CPU rate is. Every output that shows a percentage names it, by {@link #label()}. */
public enum Denominator {
    /**
     * One CPU that is busy all the time: a domain with four busy vCPUs shows 400 %. The default: it needs nothing but the
     * counters themselves, means the same for every domain and host, adds up over domains, and is what {@code top} shows.
     */
    ONE_CORE("% of one core"),
    /** All vCPUs of the domain: 100 % is a domain whose vCPUs are all busy; the emulator's own time can take it beyond. */
    VCPUS("% of the domain's vCPUs"),
    /** All CPUs of the host that are online: the shares of all domains add up to at most 100 %. */
    HOST("% of the host");

    /** What is shown where nobody has chosen. */
    public static final Denominator DEFAULT = ONE_CORE;

    private final String label;

    Denominator(String label) {
        this.label = label;
    }

    /**
     * Returns what a header says.
     *
     * @return for instance {@code % of one core}
     */
    public String label() {
        return label;
    }
}
