package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.percpu.btf.Btf;
import dev.vireo.driver.qemu.cgroup.percpu.btf.BtfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the kernel's description of its own types. */
final class KernelTypes {
    /** Ten times what kernels have. */
    private static final long LARGEST = 64 << 20;

    private KernelTypes() {}

    static Btf read(Path sysfs) throws PassedOverException {
        Path file = sysfs.resolve("kernel/btf/vmlinux");
        try {
            if (Files.size(file) > LARGEST) {
                throw new PassedOverException(file + " is larger than any kernel's types");
            }
            return Btf.of(Files.readAllBytes(file));
        } catch (NoSuchFileException missing) {
            throw new PassedOverException(
                    "there is no " + file + "; it takes a kernel with CONFIG_DEBUG_INFO_BTF", missing);
        } catch (IOException unreadable) {
            throw new PassedOverException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        } catch (BtfException malformed) {
            throw new PassedOverException(file + ": " + malformed.getMessage(), malformed);
        }
    }

    static PassedOverException lacking(BtfException missing) {
        return new PassedOverException(missing.getMessage() + "; this kernel is not known yet", missing);
    }
}
