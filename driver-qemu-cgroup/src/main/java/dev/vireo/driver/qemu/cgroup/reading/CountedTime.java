package dev.vireo.driver.qemu.cgroup.reading;

import dev.vireo.CpuStatsOrigin;

/** Says in an origin which time is the guest's. */
final class CountedTime {
    private static final String PIT = "kvm-pit, a kernel thread in the root group";

    private CountedTime() {}

    /** What a group of the guest's own holds: the kernel puts vhost workers into their owner's group. */
    static CpuStatsOrigin.Builder ownGroup(CpuStatsOrigin.Builder origin, String companions) {
        return origin.note(
                        "counted",
                        "all that is in the guest's control group: vCPU threads, emulator, I/O threads, vhost workers and"
                                + " helpers such as swtpm" + (companions.isEmpty() ? "" : ", and " + companions))
                .note("not counted", PIT);
    }

    /** What a process holds. */
    static CpuStatsOrigin.Builder process(CpuStatsOrigin.Builder origin, CounterSource.SharedGroup shared) {
        boolean withVhost = shared.host().countsVhostWorkers();
        return origin.note(
                        "counted",
                        "the QEMU process: vCPU threads, emulator, I/O threads" + (withVhost ? ", vhost workers" : "")
                                + ", threads that have ended too; " + shared.reason())
                .note(
                        "not counted",
                        PIT + "; helpers such as swtpm, which are processes of their own"
                                + (withVhost ? "" : "; vhost workers, which belong to the process since Linux 6.4"));
    }
}
