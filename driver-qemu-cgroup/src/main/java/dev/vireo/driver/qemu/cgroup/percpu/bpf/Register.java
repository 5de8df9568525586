package dev.vireo.driver.qemu.cgroup.percpu.bpf;

/**
 * A register of the BPF machine: R0 has results, R1 to R5 have arguments and do not outlive a call, R6 to R9 do, and R10 is
 * the top of the stack, which grows downwards.
 */
enum Register {
    R0,
    R1,
    R2,
    R3,
    R4,
    R5,
    R6,
    R7,
    R8,
    R9,
    R10
}
