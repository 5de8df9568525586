package dev.vireo.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPUs of this host as the kernel lists them. */
final class HostCpus {
    private HostCpus() {}

    /** Returns how many CPU ids there are: the highest one that is present, and one more. */
    static int ids() {
        try {
            String present =
                    Files.readString(Path.of("/sys/devices/system/cpu/present")).strip();
            String last = present.substring(Math.max(present.lastIndexOf('-'), present.lastIndexOf(',')) + 1);
            return Integer.parseInt(last) + 1;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
