package dev.vireo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A kind of control group hierarchy that counts CPU time. */
enum CgroupVersion {
    V1 {
        @Override
        boolean isMount(String type, String options) {
            return type.equals("cgroup") && List.of(options.split(",", -1)).contains("cpuacct");
        }

        @Override
        String describe() {
            return "cgroup v1 cpuacct";
        }
    },
    V2 {
        @Override
        boolean isMount(String type, String options) {
            return type.equals("cgroup2");
        }

        @Override
        String describe() {
            return "cgroup v2";
        }
    };

    abstract boolean isMount(String type, String options);

    abstract String describe();

    Optional<Path> mountPoint() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                    .map(line -> List.of(line.split(" ", -1)))
                    .filter(this::isMount)
                    .map(fields -> Path.of(fields.get(4)))
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    /** The fields before " - " vary in number; those after it are type, source and the hierarchy's own options. */
    private boolean isMount(List<String> fields) {
        int separator = fields.indexOf("-");
        return isMount(fields.get(separator + 1), fields.get(separator + 3));
    }
}
