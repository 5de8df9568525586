package dev.vireo.driver.qemu.cgroup.percpu.bpf;

/**
 * Where the times of guests stand in the memory that the counting programs write to. Each guest has two rows, one after the
 * other: of the whole, and of its vCPUs. A row has a place for each CPU, and two more, whose meaning depends on the row.
 *
 * @param cpus how many places for CPUs a row has
 */
public record RowLayout(int cpus) {
    /**
     * Returns how far it is from one row to the next.
     *
     * @return how many places a row has
     */
    public int length() {
        return cpus + 2;
    }

    /**
     * Returns the row of a guest's whole time.
     *
     * @param guest the guest's number
     * @return the row's number
     */
    public static int whole(int guest) {
        return 2 * guest;
    }

    /**
     * Returns the row of the time of a guest's vCPUs.
     *
     * @param guest the guest's number
     * @return the row's number
     */
    public static int vcpus(int guest) {
        return 2 * guest + 1;
    }

    /**
     * Returns whose row it is.
     *
     * @param row a row's number
     * @return the guest's number
     */
    public static int guest(int row) {
        return row / 2;
    }

    /**
     * Returns where a row of a guest's whole time says that its process has ended, if not by 0.
     *
     * @return a place in the row
     */
    public int ended() {
        return cpus;
    }

    /**
     * Returns where a row of a guest's whole time says since when it is in use, by 0 if it is not.
     *
     * @return a place in the row
     */
    public int since() {
        return cpus + 1;
    }

    /**
     * Returns where the row of a guest's vCPUs says which process the guest is, by 0 if that is not known.
     *
     * @return a place in the row
     */
    public int process() {
        return cpus;
    }
}
