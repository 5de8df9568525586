package dev.vireo.driver.qemu.cgroup.percpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Tells whether a control group has version 2's cpu controller, before anything is loaded to ask the kernel itself. */
final class CpuController {
    private static final String NONE =
            "no cpu controller in its control group; 'cpu' must be in cgroup.subtree_control of the group above, and on"
                    + " hybrid hosts it is not when version 1 has it";

    private CpuController() {}

    /** Requires that the file which names a group's controllers names this one. */
    static void require(Path group) throws IOException, PassedOverException {
        try {
            String controllers = Files.readString(group.resolve("cgroup.controllers"));
            if (!List.of(controllers.strip().split(" ", -1)).contains("cpu")) {
                throw missing();
            }
        } catch (NoSuchFileException gone) {
            requireThere(group);
            // without the file, whoever reads the group finds out
        }
    }

    /** Says why a group has no scheduler's group: one that has been removed lacks nothing but itself. */
    static PassedOverException missingIn(Path group) throws IOException {
        requireThere(group);
        return missing();
    }

    private static void requireThere(Path group) throws IOException {
        if (Files.notExists(group)) {
            throw new NoSuchFileException(group.toString());
        }
    }

    private static PassedOverException missing() {
        return new PassedOverException(NONE);
    }
}
