package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.file.Path;

/** Reports a kernel file whose text is not what its format says; a wrong number is never made of it. */
public final class MalformedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the error.
     *
     * @param file which file
     * @param problem what is wrong with its text
     */
    public MalformedFileException(Path file, String problem) {
        super(file + ": " + problem);
    }
}
