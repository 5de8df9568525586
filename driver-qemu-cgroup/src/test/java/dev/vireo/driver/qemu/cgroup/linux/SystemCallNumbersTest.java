package dev.vireo.driver.qemu.cgroup.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Against the kernel's own tables: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h. */
class SystemCallNumbersTest {
    @Test
    void x86HasATableOfItsOwn() {
        assertEquals(new SystemCallNumbers(217, 321, 298), SystemCallNumbers.of("amd64"));
    }

    @Test
    void armHasTheCommonOne() {
        assertEquals(new SystemCallNumbers(61, 280, 241), SystemCallNumbers.of("aarch64"));
    }

    @Test
    void aProcessorThatIsNotKnownCannotBeUsed() {
        assertThrows(UnsatisfiedLinkError.class, () -> SystemCallNumbers.of("pdp11"));
    }
}
