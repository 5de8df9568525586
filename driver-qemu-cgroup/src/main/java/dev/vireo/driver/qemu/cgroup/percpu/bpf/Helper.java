package dev.vireo.driver.qemu.cgroup.percpu.bpf;

/** Functions of the kernel that a program may call, with their numbers in {@code include/uapi/linux/bpf.h}. */
enum Helper {
    /** Map, key: the value's address, 0 if there is none. */
    MAP_LOOKUP_ELEM(1),
    /** Where to, how many bytes, where from: 0, or an error and zeros. Since Linux 5.5. */
    PROBE_READ_KERNEL(113),
    /** Map, key, CPU: the address of that CPU's value. Since Linux 5.19. */
    MAP_LOOKUP_PERCPU_ELEM(195);

    private final int number;

    Helper(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
