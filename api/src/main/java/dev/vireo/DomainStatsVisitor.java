package dev.vireo;

/**
 * Receives the numbers of a bulk read. Called on the reading thread, during the read, never by two threads at once.
 *
 * <p>An exception that it throws ends the read and reaches the caller as {@link ErrorCode#INTERNAL_ERROR} with that
 * exception as its cause.
 */
public interface DomainStatsVisitor {
    /**
     * Begins the next domain: what follows is about it, until the next call of this method.
     *
     * @param domain the domain; the same run of a guest is the same or an equal object in each read
     * @param state its state, {@link DomainState#NOSTATE} where it is not known
     */
    void domain(DomainRef domain, DomainState state);

    /**
     * Gives a number that was read.
     *
     * @param statistic what it is
     * @param index the number of the vCPU or the id of the host CPU, 0 for a statistic of the whole domain
     * @param value the number; times are unsigned nanoseconds
     */
    void value(Statistic statistic, int index, long value);

    /**
     * Says that a number could not be read.
     *
     * @param statistic what it is
     * @param index the number of the vCPU or the id of the host CPU; 0 also where all indexes lack it
     * @param reason why, fit to be shown after "unavailable, because"
     */
    void unavailable(Statistic statistic, int index, String reason);

    /**
     * Says where the numbers of a group come from, for this domain. A driver that can tell does, after {@link #domain}; in the
     * steady state it is the same object each time.
     *
     * @param group which numbers
     * @param origin their source, and a generation that changes when it starts to count again
     * @since 0.1, level 2
     */
    default void origin(StatsGroup group, CpuStatsOrigin origin) {}

    /**
     * Says that the numbers of the next domains have been read by now, before the first of them is told of, and all of them since
     * the last word about the domain before. Without it a domain's numbers were read between that and {@link #domain}: what rates
     * are made of must know when.
     *
     * @param domains how many of those that are told of next
     * @since 0.1, level 2
     */
    default void readTogether(int domains) {}
}
