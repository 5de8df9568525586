package dev.vireo.driver.test;

/**
 * The arithmetic of a busy guest: what it has used after it has run for some time. Exact integers; each number only
 * grows, and what the CPUs gain is what the total gains. Immutable.
 */
final class CpuTimes {
    // the constants of libvirt's test driver
    private static final long PRESET_TOTAL = 48_772_617_035L;
    private static final long PRESET_USER = 5_540_000_000L;
    private static final long PRESET_SYSTEM = 6_460_000_000L;
    private static final long PRESET_EMULATOR = 1_234_567_890L;

    private final int vcpus;
    private final int cpus;
    private final boolean preset;

    private CpuTimes(int vcpus, int cpus, boolean preset) {
        this.vcpus = vcpus;
        this.cpus = cpus;
        this.preset = preset;
    }

    /** A guest that has used libvirt's constants before it runs. */
    static CpuTimes fromPreset(int vcpus, int presentCpus) {
        return new CpuTimes(vcpus, presentCpus, true);
    }

    /** A guest that has used nothing before it runs. */
    static CpuTimes fromZero(int vcpus, int presentCpus) {
        return new CpuTimes(vcpus, presentCpus, false);
    }

    long total(long ran) {
        return (preset ? PRESET_TOTAL : 0) + gained(ran);
    }

    long user(long ran) {
        return (preset ? PRESET_USER : 0) + gained(ran) - kernelPart(ran);
    }

    long system(long ran) {
        return (preset ? PRESET_SYSTEM : 0) + kernelPart(ran);
    }

    long onCpu(int cpu, int rank, long ran) {
        return presetOnCpu(cpu) + share(rank, ran);
    }

    long vcpusOnCpu(int cpu, int rank, long ran) {
        long share = share(rank, ran);
        // on many CPUs libvirt's subtraction would go below zero
        return Math.max(0, presetOnCpu(cpu) - PRESET_EMULATOR) + share - emulatorPart(share);
    }

    /** What one vCPU has run. */
    long vcpu(long ran) {
        long before = preset ? Math.max(0, PRESET_TOTAL - PRESET_EMULATOR * cpus) / vcpus : 0;
        return before + ran - emulatorPart(ran);
    }

    /** What one vCPU has waited for a CPU. */
    long vcpuDelay(long ran) {
        return ran / 200;
    }

    private long gained(long ran) {
        return ran * vcpus;
    }

    private long kernelPart(long ran) {
        return gained(ran) / 10;
    }

    private static long emulatorPart(long time) {
        return time / 100;
    }

    private long presetOnCpu(int cpu) {
        return preset ? PRESET_TOTAL / cpus + cpu : 0;
    }

    /** The nanoseconds that do not divide evenly go to the first CPUs, one each. */
    private long share(int rank, long ran) {
        return (gained(ran) + cpus - 1 - rank) / cpus;
    }
}
