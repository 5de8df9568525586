package dev.vireo.driver.qemu.cgroup.finding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Tells by a program's file name whether it is QEMU's system emulator: {@code qemu-system-x86_64}, {@code qemu-kvm},
 * {@code kvm}. A package wrapper may have put a dot before it, and an upgrade {@code " (deleted)"} behind it.
 */
final class ProgramName {
    private static final byte[] DELETED = " (deleted)".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SYSTEM_EMULATOR = "qemu-system-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] QEMU_KVM = "qemu-kvm".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KVM = "kvm".getBytes(StandardCharsets.US_ASCII);

    private ProgramName() {}

    /** Tells it of a name as {@code comm} has it: at most 15 bytes. */
    static boolean isQemu(String name) {
        return isQemu(ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)));
    }

    /** Tells it of a path, without garbage. */
    static boolean isQemu(ByteBuffer path) {
        int end = path.limit();
        if (isAt(path, end - DELETED.length, end, DELETED)) {
            end -= DELETED.length;
        }
        int start = end;
        while (start > 0 && path.get(start - 1) != '/') {
            start--;
        }
        if (start < end && path.get(start) == '.') {
            start++;
        }
        return isAt(path, start, end, SYSTEM_EMULATOR)
                || isAll(path, start, end, QEMU_KVM)
                || isAll(path, start, end, KVM);
    }

    private static boolean isAll(ByteBuffer path, int start, int end, byte[] name) {
        return end - start == name.length && isAt(path, start, end, name);
    }

    private static boolean isAt(ByteBuffer path, int start, int end, byte[] text) {
        if (start < 0 || end - start < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (path.get(start + i) != text[i]) {
                return false;
            }
        }
        return true;
    }
}
