package dev.vireo.driver.qemu.cgroup.percpu;

import dev.vireo.driver.qemu.cgroup.percpu.btf.Btf;
import dev.vireo.driver.qemu.cgroup.percpu.btf.BtfException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the kernel's description of its own types. */
final class KernelTypes {
    /** Ten times what kernels have. */
    private static final int LARGEST = 64 << 20;

    private KernelTypes() {}

    static Btf read(Path sysfs) throws IOException, PassedOverException {
        Path file = sysfs.resolve("kernel/btf/vmlinux");
        try (InputStream types = Files.newInputStream(file)) {
            // what stands in for a file of the kernel's may have no end
            byte[] read = types.readNBytes(LARGEST + 1);
            if (read.length > LARGEST) {
                throw new PassedOverException(file + " is larger than any kernel's types");
            }
            return Btf.of(read);
        } catch (NoSuchFileException missing) {
            throw new PassedOverException(
                    "there is no " + file + "; it takes a kernel with CONFIG_DEBUG_INFO_BTF", missing);
        } catch (AccessDeniedException denied) {
            throw new PassedOverException("cannot read the kernel's types: " + Refusals.text(denied), denied);
        } catch (BtfException malformed) {
            throw new PassedOverException(file + ": " + malformed.getMessage(), malformed);
        }
    }

    static PassedOverException lacking(BtfException missing) {
        return new PassedOverException(missing.getMessage() + "; this kernel is not known yet", missing);
    }
}
