package dev.vireo.driver.qemu.cgroup.linux;

import java.util.Map;

/**
 * The numbers of system calls that libc has no function for, or has had only for a while.
 *
 * @param getdents64 lists a directory; since glibc 2.30
 * @param bpf loads and runs programs inside the kernel
 * @param perfEventOpen counts with the kernel's performance events
 */
record SystemCallNumbers(int getdents64, int bpf, int perfEventOpen) {
    /** Most processors share one table. */
    private static final SystemCallNumbers COMMON = new SystemCallNumbers(61, 280, 241);

    private static final SystemCallNumbers X86_64 = new SystemCallNumbers(217, 321, 298);

    /** By the JDK's names of processors. */
    private static final Map<String, SystemCallNumbers> BY_PROCESSOR = Map.of(
            "amd64", X86_64,
            "x86_64", X86_64,
            "aarch64", COMMON,
            "riscv64", COMMON,
            "loongarch64", COMMON,
            "ppc64le", new SystemCallNumbers(202, 361, 319),
            "s390x", new SystemCallNumbers(220, 351, 331));

    static final SystemCallNumbers HERE = of(System.getProperty("os.arch"));

    static SystemCallNumbers of(String processor) {
        SystemCallNumbers numbers = BY_PROCESSOR.get(processor);
        if (numbers == null) {
            throw new UnsatisfiedLinkError("the numbers of system calls on " + processor + " are not known");
        }
        return numbers;
    }
}
