package dev.vireo.driver.qemu.cgroup.percpu.btf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The types of a kernel, reduced by {@code src/test/kernels/ReduceTypes.java} to what the driver asks for: Debian's cloud
 * kernels 5.10.223, 6.1.176, 6.12.117 and 7.2.13, and a 6.18.44 built by hand; and what {@code bpftool btf dump} told of the
 * fields of each, before it was reduced.
 */
public enum RecordedKernel {
    LINUX_5_10("5.10"),
    LINUX_6_1("6.1"),
    LINUX_6_12("6.12"),
    LINUX_6_18("6.18"),
    LINUX_7_2("7.2");

    private final String version;

    RecordedKernel(String version) {
        this.version = version;
    }

    public String version() {
        return version;
    }

    /** Returns the bytes of its types. */
    public byte[] bytes() {
        return read(".btf");
    }

    public Btf types() {
        try {
            return Btf.of(bytes());
        } catch (BtfException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    /** Returns lines of a structure, the fields that lead to one, and its place, or - if there is none. */
    List<String> fields() {
        return new String(read(".fields"), StandardCharsets.UTF_8).lines().toList();
    }

    private byte[] read(String suffix) {
        try (InputStream stored = RecordedKernel.class.getResourceAsStream("/kernels/" + version + suffix)) {
            return stored.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
